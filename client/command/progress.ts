import { clearLine, cursorTo } from 'node:readline';
import type { WriteStream } from 'node:tty';
import type { Operation, Status } from '../documents.ts';
import { printable } from './printable.ts';
import { cutToWidth } from './text-width.ts';

/** Shows what is followed on its way. `done` is called once, when nothing more comes. */
export interface Progress {
  /** The token comes with the answer to a submit, and is shown here only. */
  location(url: string, speakerToken?: string): void;
  step(document: Status | Operation): void;
  note(text: string): void;
  done(): void;
}

type Print = (line: string) => void;

/** One JSON text a line, for programs: the location first, then each document that is new. */
export function jsonLines(print: Print): Progress {
  return {
    location: (location, speakerToken) => print(JSON.stringify({ location, speakerToken })),
    step: (document) => print(JSON.stringify(document)),
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
    step: (document) => print(describe(document)),
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
    // A line that wraps can't be drawn over.
    terminal.write(cutToWidth(text, Math.max(20, terminal.columns - 1)));
  };
  let latest = '';

  return {
    location(url, speakerToken) {
      terminal.write(`${printable(url)}\n`);
      if (speakerToken !== undefined) note(tokenLine(speakerToken));
    },
    step(document) {
      const { completed, total } = document.progress;
      const share = document.status === 'Succeeded' ? 1 : Math.min(1, Math.max(0, completed / total || 0));
      const filled = Math.round(barWidth * share);
      latest = `${'█'.repeat(filled)}${'░'.repeat(barWidth - filled)} ${describe(document)}`;
      draw(latest);
    },
    note: (text) => (latest === '' ? note(text) : draw(`${latest}  ${text}`)),
    done: () => void (latest !== '' && terminal.write('\n')),
  };
}

/** Not among the results: a token is not for the logs and files that those go to. */
function tokenLine(speakerToken: string): string {
  return printable(`Keep the speaker token, which withdraws the submission and is not given again: ${speakerToken}`);
}

function describe(document: Status | Operation): string {
  return printable('stage' in document ? wordsForStatus(document) : wordsForOperation(document));
}

function wordsForStatus({ status, stage, progress, result, error }: Status): string {
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

function wordsForOperation({ status, at, progress, result, error }: Operation): string {
  switch (status) {
    case 'Succeeded':
      return result ? `done: ${result.done}, skipped: ${result.skipped}` : 'done';
    case 'Failed':
      return `failed: ${error?.message ?? 'no reason given'}`;
    case 'Canceled':
      return 'called off';
    case 'NotStarted':
      return at === undefined ? 'not started yet' : `begins at ${at}`;
    default:
      return `${progress.completed} of ${progress.total} submissions`;
  }
}
