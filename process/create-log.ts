import { type Logger, pino } from 'pino';
import { legibleIn, withheld } from './log/legible.ts';
import { openOutput } from './log/log-output.ts';
import { ownWords } from './log/own-words.ts';
import { traceparentNow } from './tracing/tracing.ts';

type Stream = { write(line: string): void };

/** Logs JSON lines. Errors keep their stack, code and cause, and their message if its words are ours, at any depth. */
export function createLog(name: string, stream: Stream = openOutput(1, process.stdout)): Logger {
  return pino(
    {
      name,
      mixin: () => traceId(traceparentNow()),
      formatters: { log: (entry: object) => legibleIn(entry) },
      serializers: { err: (value: unknown) => value },
      hooks: {
        logMethod(given, write) {
          const [entry, message = messageOf(entry)] = given;
          if (message === undefined) write.apply(this, given);
          else write.apply(this, [entry, message]);
        },
      },
    },
    stream,
  );
}

/** So that the trace is found from the line. */
function traceId(traceparent: string | undefined): object {
  return traceparent === undefined ? {} : { traceId: traceparent.split('-')[1] };
}

/** pino would take the message of the error, whoever's words it has. */
function messageOf(entry: unknown): string | undefined {
  const error = entry instanceof Error ? entry : errorIn(entry);
  return error && (ownWords(error) ?? withheld);
}

function errorIn(entry: unknown): Error | undefined {
  return typeof entry === 'object' && entry !== null && 'err' in entry && entry.err instanceof Error
    ? entry.err
    : undefined;
}
