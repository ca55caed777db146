import { fstatSync, writeSync } from 'node:fs';
import { isatty } from 'node:tty';

/** Bytes that wait for whoever reads the log. What comes on top is lost: else the process would run out of memory. */
const mostWaiting = 1_048_576;

/** Where lines go. It neither throws nor waits, whatever becomes of the log: the service is worth more than its log. */
export function openOutput(descriptor: number, stream: NodeJS.WritableStream & { writableLength: number }) {
  return isFile(descriptor) ? toFile(descriptor) : toReader(stream);
}

/** Node writes to a pipe as soon as its reader takes more; after EPIPE, nobody ever does. */
function toReader(stream: NodeJS.WritableStream & { writableLength: number }) {
  stream.on('error', () => undefined);
  return counting((line) => {
    if (stream.writableLength > mostWaiting) return false;
    stream.write(line);
    return true;
  });
}

function toFile(descriptor: number) {
  let isTorn = false;

  return counting((line) => {
    const bytes = Buffer.from(isTorn ? `\n${line}` : line);
    try {
      isTorn = writeSync(descriptor, bytes) < bytes.length;
      return !isTorn;
    } catch {
      return false;
    }
  });
}

/** Says how many lines are missing, as soon as one can be written. */
function counting(write: (line: string) => boolean) {
  let lost = 0;

  return {
    write(line: string): void {
      if (lost > 0 && write(`${JSON.stringify({ level: warning, time: Date.now(), lost, msg: lostLines })}\n`))
        lost = 0;
      if (lost > 0 || !write(line)) lost += 1;
    },
  };
}

/** As pino numbers the levels. */
const warning = 40;

const lostLines = 'lines of the log were lost: its disk was full, or nobody read it';

/** Or a device, as `/dev/null` is. */
function isFile(descriptor: number): boolean {
  const kind = fstatSync(descriptor);
  return kind.isFile() || (kind.isCharacterDevice() && !isatty(descriptor));
}
