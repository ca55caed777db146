import { cancel, confirm, decline } from '../attendance.ts';
import type { Status } from '../documents.ts';
import { poll } from '../poll.ts';
import type { Options } from '../session.ts';
import { submit } from '../submit.ts';
import { apiUrl } from '../url.ts';
import { withdraw } from '../withdraw.ts';
import { serverOf } from './arguments.ts';
import type { Command, Context } from './command.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';
import { followToEnd } from './follow-to-end.ts';
import { myTalks } from './my-talks.ts';
import { readSubmission } from './read-submission.ts';

export const speakerCommands = {
  submit: {
    argument: 'FILE',
    help: 'submit a talk (JSON; - is standard input) and follow it',
    options: {
      key: {
        type: 'string',
        value: 'KEY',
        help: 'Idempotency-Key; the same one finds a lost submit',
      },
    },
    async run({ args: [file = ''], given, stdin, options, progress, ifInterrupted }) {
      const submission = await readSubmission(file, stdin);
      const idempotencyKey = given.text('key') ?? crypto.randomUUID();
      ifInterrupted(`To try again without submitting twice, add --key ${idempotencyKey}`);
      const submitted = await submit(serverOf(given), submission, { ...options(), idempotencyKey });
      ifInterrupted('The submission continues without this command');
      progress.location(submitted.location, submitted.speakerToken);
      if (submitted.speakerToken === undefined)
        progress.note('It was submitted more than a day ago: its speaker token was given then, and is not given again');
      return followToEnd(poll(submitted.location, options()), progress);
    },
  },
  watch: {
    argument: 'URL',
    help: 'follow a submission, by its URL or id, to its result',
    run({ args, given, options, progress }) {
      const location = locationOf(args, given);
      progress.location(location);
      return followToEnd(poll(location, options()), progress);
    },
  },
  mine: myTalks,
  withdraw: {
    argument: 'URL',
    help: 'withdraw it, with the speaker token',
    run: change({
      question: 'Withdraw the submission for good?',
      again: 'It may be withdrawn or not; withdrawing it again is safe',
      send: withdraw,
      code: exitCodes.withdrawn,
    }),
  },
  confirm: {
    argument: 'URL',
    help: 'after an acceptance: the speaker will come',
    run: change({ again: 'It may be answered or not; answering the same again is safe', send: confirm }),
  },
  decline: {
    argument: 'URL',
    help: 'after an acceptance: the speaker will not come',
    run: change({
      question: 'Decline the acceptance, and give up the slot?',
      again: 'It may be answered or not; answering the same again is safe',
      send: decline,
    }),
  },
  cancel: {
    argument: 'URL',
    help: "after a confirmation: the speaker can't come after all",
    run: change({
      question: 'Cancel the talk, and give up the slot?',
      again: 'It may be canceled or not; canceling it again is safe',
      send: cancel,
    }),
  },
} as const satisfies Record<string, Command>;

type Change = {
  question?: string;
  again: string;
  send: (location: string, token: string, options: Options) => Promise<Status>;
  code?: ExitCode;
};

function change({ question, again, send, code = exitCodes.done }: Change): Command['run'] {
  return async ({ args, given, options, progress, speakerToken, confirm, ifInterrupted }) => {
    const location = locationOf(args, given);
    const token = await speakerToken();
    if (question) await confirm(question);
    progress.location(location);
    ifInterrupted(again);
    progress.step(await send(location, token, options()));
    return code;
  };
}

function locationOf([target = '']: readonly string[], given: Context['given']): string {
  return /^https?:\/\//.test(target) ? target : apiUrl(serverOf(given), 'submissions', target).href;
}
