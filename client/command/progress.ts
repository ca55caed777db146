import { clearLine, cursorTo } from 'node:readline';
import type { WriteStream } from 'node:tty';
import type { Operation, Status } from '../documents.ts';
import { printable } from './printable.ts';
import { cutToWidth } from './text-width.ts';

export interface Progress {
  /** `speakerToken` is given after a submit only. */
  location(url: string, speakerToken?: string): void;
  step(document: Status | Operation): void;
  note(text: string): void;
  done(): void;
}

type Print = (line: string) => void;

/** For programs: one JSON text per line, the location first, then each changed document. */
export function jsonLines(print: Print): Progress {
  return {
    location: (location, speakerToken) => print(JSON.stringify({ location, speakerToken })),
    step: (document) => print(JSON.stringify(document)),
    note: () => undefined,
    done: () => undefined,
  };
}

/** For logs and pipes: one line per step, without escape codes. */
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

export function progressBar(terminal: WriteStream, note: Print): Progress {
  const draw = (text: string) => {
    clearLine(terminal, 0);
    cursorTo(terminal, 0);
    // A wrapped line can't be overwritten.
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

/** Printed as a note: results may go to logs and files, which must not contain a token. */
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
      return [`failed: ${error?.message ?? 'no reason given'}`, ...(error?.submissions ?? [])].join(' ');
    case 'Canceled':
      return 'called off';
    case 'NotStarted':
      return at === undefined ? 'not started yet' : `begins at ${at}`;
    default:
      return `${progress.completed} of ${progress.total} submissions`;
  }
}
