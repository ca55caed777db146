import { stages } from '../../contract/stages.ts';
import type {
  AnnouncementRequest,
  DecisionRequest,
  Erasure,
  LeftOpen,
  ProcessingRequest,
  Verdict,
} from '../documents.ts';
import type { Command, Context, Given } from './command.ts';
import { exitCodes } from './exit-codes.ts';
import { followToEnd } from './follow-to-end.ts';
import { flag, numberOf, oneOf, outcomes, scoresOf, text } from './option-values.ts';
import { UsageError } from './usage-error.ts';

const reason = text('TEXT', 'why, for the audit');

export const decidingCommands = {
  review: {
    argument: 'ID',
    help: 'review it; a second review replaces the first',
    options: {
      score: { ...text('CRITERION=1…5', 'once for each criterion of the call'), multiple: true },
      abstain: flag('instead of scores'),
      note: text('TEXT', 'for the committee'),
      feedback: text('TEXT', 'for the speaker; sent with the outcome'),
    },
    async run({ args: [id = ''], given, output, options, organiser }) {
      const scores = scoresOf(given.all('score'));
      const review = await (await organiser()).review(
        id,
        {
          scores: Object.keys(scores).length > 0 ? scores : undefined,
          abstains: given.is('abstain') || undefined,
          note: given.text('note'),
          feedback: given.text('feedback'),
        },
        options(),
      );
      output.document(review, ({ score, abstains }) => (abstains ? 'abstained' : `reviewed: ${score ?? 'done'}`));
      return exitCodes.done;
    },
  },
  decide: {
    argument: 'ID OUTCOME',
    help: `decide it: ${outcomes.join(', ')}`,
    options: {
      stage: text('STAGE', 'that it must be in; by default, its current one'),
      reason,
      override: flag('without the quorum; requires a reason'),
      replaces: text('NUMBER', 'of the current decision, to replace it'),
      rank: text('NUMBER', 'on the waiting list, from 1'),
    },
    async run({ args: [id = '', outcome], given, output, options, organiser, confirm }) {
      const decision = oneOf(outcomes, outcome, 'OUTCOME');
      const committee = await organiser();
      const stage = given.text('stage') ?? (await committee.read(id, options())).stage;
      const request: DecisionRequest = {
        stage: oneOf(stages, stage, 'the stage'),
        outcome: decision,
        reason: given.text('reason'),
        override: given.is('override') || undefined,
        replaces: numberOf(given, 'replaces'),
        rank: numberOf(given, 'rank'),
      };
      if (decision === 'rejected') await confirm(`Reject ${id} in ${request.stage}?`);
      output.document(await committee.decide(id, request, options()), describeVerdict);
      return exitCodes.done;
    },
  },
  restart: {
    argument: 'ID',
    help: 'start its stage again, where the service gave up',
    options: { reason },
    run: (context) => setProcessing(context, 'restart'),
  },
  end: {
    argument: 'ID',
    help: 'end it as failed, where the service gave up',
    options: { reason },
    async run(context) {
      await context.confirm(`End ${context.args[0]}, and tell its speaker?`);
      return setProcessing(context, 'end');
    },
  },
  announce: {
    argument: '[ID …]',
    help: 'announce decided submissions, and follow the progress',
    options: {
      all: flag('all decided submissions'),
      track: text('TRACK', 'decided submissions of this track'),
      verdict: text('VERDICT', outcomes.join(', ')),
      at: text('INSTANT', 'later, like 2027-03-01T12:00:00+01:00'),
      reason,
    },
    async run(context) {
      const { args, given, options, organiser, confirm } = context;
      const request = announcementOf(args, given);
      const committee = await organiser();
      const named = args.length === 1 ? '1 submission' : `${args.length} submissions`;
      await confirm(`Announce ${args.length > 0 ? named : 'all matching decided submissions'}?`);
      return followOperation(context, await committee.announce(request, options()));
    },
  },
  close: {
    argument: '',
    help: 'close the call, and follow the progress',
    options: { force: flag('even with undelivered answers; requires a reason'), reason },
    async run(context) {
      const { given, options, organiser, confirm } = context;
      const committee = await organiser();
      await confirm(`${describeLeftOpen(await committee.leftOpen(options()))}. Close the call for good?`);
      const request = { force: given.is('force') || undefined, reason: given.text('reason') };
      return followOperation(context, await committee.close(request, options()));
    },
  },
  erase: {
    argument: 'ID',
    help: 'erase it for everybody',
    async run({ args: [id = ''], output, options, organiser, confirm, ifInterrupted }) {
      const committee = await organiser();
      await confirm(`Erase ${id} for everybody, for good?`);
      ifInterrupted('It may be erased or not; erasing it again is safe');
      output.document(await committee.erase(id, options()), describeErasure);
      return exitCodes.done;
    },
  },
} as const satisfies Record<string, Command>;

async function setProcessing(
  { args: [id = ''], given, output, options, organiser }: Context,
  processing: ProcessingRequest['processing'],
) {
  const request = { processing, reason: given.text('reason') };
  const done = await (await organiser()).setProcessing(id, request, options());
  output.document(done, () => (processing === 'end' ? 'it ends as failed' : 'it starts again'));
  return exitCodes.done;
}

async function followOperation({ options, organiser, progress, ifInterrupted }: Context, location: string) {
  ifInterrupted('It continues without this command');
  progress.location(location);
  return followToEnd((await organiser()).follow(location, options()), progress);
}

const describeVerdict = ({ stage, outcome, number }: Verdict) => `${outcome} in ${stage}, as number ${number}`;

const describeLeftOpen = ({ open, undelivered }: LeftOpen) =>
  `Open submissions: ${open.count}. Messages that have not arrived: ${undelivered.count}`;

const describeErasure = ({ state }: Erasure) =>
  state === 'erased'
    ? 'erased: nothing of it is left'
    : 'erased for everybody; Temporal is still deleting its copy: erase it again to check';

/** @throws UsageError */
function announcementOf(ids: readonly string[], given: Given): AnnouncementRequest {
  const verdict = given.text('verdict');
  const track = given.text('track');
  const isFiltered = given.is('all') || track !== undefined || verdict !== undefined;
  if (ids.length > 0 === isFiltered)
    throw new UsageError('announce takes ids, or --all, or a filter by --track and --verdict');
  const when = { at: given.text('at'), reason: given.text('reason') };
  if (!isFiltered) return { ...when, submissions: ids };
  return {
    ...when,
    filter: { track, verdict: verdict === undefined ? undefined : oneOf(outcomes, verdict, '--verdict') },
  };
}
