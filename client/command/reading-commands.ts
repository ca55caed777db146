import { stages } from '../../contract/stages.ts';
import type { Message, Preview } from '../documents.ts';
import type { Filter } from '../organiser/organiser.ts';
import type { Command, Given } from './command.ts';
import { describeSubmission, submissionColumns } from './describe-submission.ts';
import { exitCodes } from './exit-codes.ts';
import { outcomes, text } from './option-values.ts';
import type { Column } from './table.ts';

export const readingCommands = {
  list: {
    argument: '',
    help: 'list the submissions, the newest first',
    options: {
      stage: text('STAGE', `received, ${stages.join(', ')}`),
      track: text('TRACK', "one of the call's tracks"),
      code: text('CODE', 'the letters that name one, like BCDF-GHJK'),
      verdict: text('VERDICT', `${outcomes.join(', ')}, none`),
      outcome: text('OUTCOME', 'as announced: accepted, rejected, …, none'),
      flag: text('FLAG', 'same-speaker, similar-text'),
      finding: text('CHECK', 'length, links, language, words'),
    },
    async run({ given, output, options, organiser }) {
      await output.list((await organiser()).list(filterOf(given), options()), submissionColumns);
      return exitCodes.done;
    },
  },
  show: {
    argument: 'ID',
    help: 'show a submission, with its verdicts and reviews',
    async run({ args: [id = ''], output, options, organiser }) {
      output.document(await (await organiser()).read(id, options()), describeSubmission);
      return exitCodes.done;
    },
  },
  messages: {
    argument: '',
    help: 'list the messages to speakers and organisers',
    options: { state: text('STATE', 'pending, sending, sent, refused, bounced, parked, abandoned, superseded') },
    async run({ given, output, options, organiser }) {
      await output.list((await organiser()).messages({ state: given.text('state') }, options()), messageColumns);
      return exitCodes.done;
    },
  },
  preview: {
    argument: 'NAME',
    help: 'preview a message to speakers, like accepted',
    async run({ args: [name = ''], output, options, organiser }) {
      output.document(await (await organiser()).preview(name, options()), describePreview);
      return exitCodes.done;
    },
  },
} as const satisfies Record<string, Command>;

const filters = ['stage', 'track', 'code', 'verdict', 'outcome', 'flag', 'finding'] as const;

const filterOf = (given: Given): Filter => Object.fromEntries(filters.map((name) => [name, given.text(name)]));

const messageColumns: readonly Column<Message>[] = [
  { head: 'STATE', of: ({ state }) => state },
  { head: 'MESSAGE', of: ({ release }) => release },
  { head: 'SUBMISSION', of: ({ submission }) => submission },
  { head: 'CHANNEL', of: ({ channel }) => channel, isExtra: true },
  { head: 'TO', of: ({ to }) => to, isExtra: true },
  { head: 'UPDATED', of: ({ updatedAt }) => updatedAt, isExtra: true },
  { head: 'DETAIL', of: ({ detail }) => detail },
];

const describePreview = ({ subject, text }: Preview) => `Subject: ${subject}\n\n${text}`;
