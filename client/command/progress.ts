import { clearLine, cursorTo } from 'node:readline';
import type { WriteStream } from 'node:tty';
import type { Status } from '../documents.ts';

/** Shows a submission on its way. `done` is called once, when nothing more comes. */
export interface Progress {
  /** The token comes with the answer to a submit, and is told here only. */
  location(url: string, speakerToken?: string): void;
  status(status: Status): void;
  note(text: string): void;
  done(): void;
}

type Print = (line: string) => void;

/** One JSON text a line, for programs: the location first, then each status that is new. */
export function jsonLines(print: Print): Progress {
  return {
    location: (location, speakerToken) => print(JSON.stringify({ location, speakerToken })),
    status: (status) => print(JSON.stringify(status)),
    note: () => undefined,
    done: () => undefined,
  };
}

/** One line for each step, for logs and pipes: no escape codes. */
export function plainLines(print: Print, note: Print): Progress {
  return {
    location(url, speakerToken) {
      print(printable(url));
      if (speakerToken !== undefined) note(tokenLine(speakerToken));
    },
    status: (status) => print(describe(status)),
    note,
    done: () => undefined,
  };
}

const barWidth = 24;

/** A bar that is drawn over itself, for people. */
export function progressBar(terminal: WriteStream, note: Print): Progress {
  const draw = (text: string) => {
    clearLine(terminal, 0);
    cursorTo(terminal, 0);
    // Cut to the terminal's width: a line that wraps can't be drawn over.
    terminal.write(text.slice(0, Math.max(20, terminal.columns - 1)));
  };
  let latest = '';

  return {
    location(url, speakerToken) {
      terminal.write(`${printable(url)}\n`);
      if (speakerToken !== undefined) note(tokenLine(speakerToken));
    },
    status(status) {
      const { completed, total } = status.progress;
      const share = Math.min(1, Math.max(0, completed / total || 0));
      const filled = Math.round(barWidth * share);
      latest = `${'█'.repeat(filled)}${'░'.repeat(barWidth - filled)} ${describe(status)}`;
      draw(latest);
    },
    note: (text) => draw(`${latest}  ${text}`),
    done: () => terminal.write('\n'),
  };
}

/** Beside the results: a token is not for the logs and files that those go to. */
function tokenLine(speakerToken: string): string {
  return printable(`Keep the speaker token, which withdraws the submission and is not told again: ${speakerToken}`);
}

function describe(status: Status): string {
  return printable(wordsFor(status));
}

function wordsFor({ status, stage, progress, result, error }: Status): string {
  switch (status) {
    case 'Succeeded':
      return [result?.outcome ?? 'done', result?.attendance].filter(Boolean).join(', ');
    case 'Failed':
      return `failed: ${error?.message ?? 'no reason given'}`;
    case 'Canceled':
      return 'withdrawn';
    default:
      return `${result?.outcome ?? stage} (${progress.completed} of ${progress.total} verdicts)`;
  }
}

/** What comes from a server must not steer a terminal: nothing but lines of text is left. */
export function printable(text: string): string {
  return text.replace(/[^\P{C}\n]/gu, '');
}
