import { readTalks, requestAccess } from '../access.ts';
import type { Status, Talk } from '../documents.ts';
import { RefusedError } from '../errors.ts';
import { serverOf } from './arguments.ts';
import type { Command, Given } from './command.ts';
import { exitCodes } from './exit-codes.ts';
import { text } from './option-values.ts';
import type { Column } from './table.ts';
import { UsageError } from './usage-error.ts';

export const myTalks: Command = {
  argument: '',
  help: 'list your talks: a mail brings the code for it',
  options: {
    email: text('ADDRESS', 'that the mail goes to, as you gave it with the talks'),
    code: text('CODE', 'from the mail, or its link; other users may see it'),
  },
  async run({ given, isTerminal, output, options, progress, accessCode, line }) {
    const server = serverOf(given);
    const email = emailOf(given) ?? (isTerminal && !hasCode(given) ? await line('Your email address: ') : undefined);
    if (email !== undefined) {
      await requestAccess(server, email, options());
      progress.note('If that address has talks here, a mail with the link is on its way. It can take some minutes.');
      if (!isTerminal) return exitCodes.done;
    }
    const talks = await readTalks(server, await accessCode(), options()).catch((error: unknown) => {
      const isEnded = error instanceof RefusedError && error.problem.status === 401;
      if (isEnded) progress.note('The code has ended, or is none: ask for a new mail.');
      throw error;
    });
    await output.list(talks, columns);
    if (isTerminal)
      progress.note(talks.length > 0 ? 'With --json, each has its token.' : 'No talk with this address yet.');
    return exitCodes.done;
  },
};

/** @throws UsageError */
function emailOf(given: Given): string | undefined {
  const email = given.text('email');
  if (email !== undefined && hasCode(given)) throw new UsageError('--email asks for a code: leave it out with one');
  return email;
}

const hasCode = (given: Given) => given.text('code') !== undefined || given.text('token-file') !== undefined;

const columns: readonly Column<Talk>[] = [
  { head: 'ID', of: ({ id }) => id, isExtra: true },
  { head: 'STATUS', of: ({ status }) => stateOf(status) },
  { head: 'YOU CAN', of: whatCanBeDone },
  { head: 'TITLE', of: ({ title }) => title },
];

function stateOf({ status, stage, result }: Status): string {
  if (status === 'Canceled') return 'withdrawn';
  if (status === 'Failed') return 'failed';
  return [result?.outcome ?? stage, result?.attendance].filter(Boolean).join(', ');
}

function whatCanBeDone({ isProved, status: { status, result } }: Talk): string {
  if (status === 'Failed' || status === 'Canceled') return '';
  if (!isProved) return 'confirm your address';
  if (status !== 'Succeeded') return 'withdraw';
  if (result?.attendance === 'awaited') return 'confirm, decline';
  return result?.attendance === 'confirmed' ? 'cancel' : '';
}
