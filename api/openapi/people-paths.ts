import { changesQuery } from '../routes/follow.ts';
import { aCursor, listed } from './examples.ts';
import { headerRefs, tagged } from './headers.ts';
import { parametersOf } from './list-parameters.ts';
import { readable } from './operations.ts';
import { conditional, parameterRefs } from './parameters.ts';
import { type RefusalName, refusalRefs } from './refusals.ts';
import { type SchemaName, schemaRef } from './schemas.ts';

export const tags = ['organisers'];
export const security = [{ organiserToken: [] }];

const one = '/api/organiser/submissions/{id}' as const;
const ofOne = parameterRefs('SubmissionId');

/** What people do with one submission. */
export const peoplePaths = {
  [one]: readable({
    operationId: 'readSubmission',
    summary: 'Read a submission',
    description:
      "For an organiser, or a reviewer: as far as the call's file shows it to the role, and not at all where there is a conflict of interest. The reviews of the others are there when one's own is in.",
    ...read('SubmissionView', { ...listed, reviews: [] }, 'KeptAway', 'NotFound', 'Erased'),
  }),
  [`${one}/review`]: {
    parameters: ofOne,
    put: command({
      operationId: 'reviewSubmission',
      summary: 'Review a submission',
      description:
        'For an organiser, or a reviewer. Scores, or an abstention. Again, it replaces the review; once reviews of others were there to be read, no score is given or changed any more.',
      takes: ['ReviewRequest', { abstains: true, note: 'Not my field.' }],
      gives: ['Review', { stage: 'selection', by: 'Rita', at: listed.createdAt, abstains: true }],
      refuses: ['KeptAway', 'NotFound', 'NotReviewable', 'Erased', 'InvalidReview'],
    }),
  },
  [`${one}/conflict`]: {
    parameters: ofOne,
    put: command({
      operationId: 'declareConflict',
      summary: 'Step back from a submission',
      description:
        'For an organiser, or a reviewer, who has a conflict of interest: it is hidden from then on. An organiser also confirms what was found about another `person` (see `possibleConflicts`).',
      takes: ['ConflictRequest', { reason: 'A friend of mine.' }],
      gives: ['Conflict', { by: 'Rita', at: listed.createdAt }],
      refuses: ['KeptAway', 'NotFound', 'NotConfirmable', 'Erased', 'InvalidCommand'],
    }),
  },
  [`${one}/decision`]: {
    parameters: ofOne,
    put: command({
      operationId: 'decideSubmission',
      summary: 'Decide on a submission',
      description:
        'For an organiser. Of two different decisions at the same time one is recorded; the other is answered by 409, with the one that stands. Until it is announced, it can be decided otherwise by naming that one in `replaces`.',
      takes: ['DecisionRequest', { stage: 'selection', outcome: 'passed' }],
      gives: [
        'Verdict',
        { ...listed.verdicts[0], stage: 'selection', by: 'Olga', reasons: [{ code: 'decided', detail: 'Decided.' }] },
      ],
      refuses: ['KeptAway', 'NotFound', 'NotDecidable', 'Erased', 'InvalidCommand'],
    }),
  },
  [`${one}/deadline`]: {
    parameters: ofOne,
    put: command({
      operationId: 'moveDeadline',
      summary: 'Move the deadline of a submission',
      description: 'For an organiser: that of the panel at work, or that of the speaker who has to answer.',
      takes: ['DeadlineRequest', { due: '2027-03-01T18:00:00+01:00' }],
      gives: ['Deadline', { due: '2027-03-01T17:00:00.000Z' }],
      refuses: ['KeptAway', 'NotFound', 'NothingDue', 'Erased', 'InvalidCommand'],
    }),
  },
  [`${one}/reopening`]: {
    parameters: ofOne,
    post: command({
      operationId: 'reopenSubmission',
      summary: 'Reopen a submission that is over',
      description:
        'For an organiser. What was told as the end stays the end: it goes on as a new submission, decided as the old one was and not announced, and the speaker is told its URL.',
      takes: ['ReopeningRequest', { reason: 'It was taken for another one.' }],
      gives: ['Reopening', { id: '8c4a346a0853d91a8a532b6790729547', reopens: listed.id }],
      code: 202,
      headers: { Location: 'OrganiserLocation' },
      refuses: ['KeptAway', 'NotFound', 'NotOver', 'Erased', 'InvalidCommand'],
    }),
  },
  '/api/organiser/changes': readable({
    operationId: 'listChanges',
    summary: 'List what has changed',
    description:
      'For an organiser. In the order of the changes, each submission with its last one, as it is now: whoever goes on from `next` misses none.',
    ...read('Changes', { items: [], next: aCursor, hasMore: false }, 'InvalidQuery'),
    parameters: [...parametersOf(changesQuery), ...parameterRefs('IfNoneMatch', 'RequestId')],
  }),
};

type Headers = Parameters<typeof headerRefs>[0];

/** Of an answer that may be kept by its client. */
export function read(schema: SchemaName, value: object, ...refuses: RefusalName[]) {
  return {
    tags,
    security,
    parameters: parameterRefs('IfNoneMatch', 'RequestId'),
    responses: {
      200: { description: 'As it is now', headers: headerRefs(tagged), content: contentOf(schema, value) },
      304: notModified(),
      ...refusalRefs('Unauthorized', 'TooManyRequests', 'Unavailable', ...refuses),
    },
  };
}

/** For whoever has it already. */
export function notModified(more: Headers = {}) {
  return { description: 'The client has it already', headers: headerRefs({ ...tagged, ...more }) };
}

/** Of a request that changes something. */
export function command(described: {
  operationId: string;
  summary: string;
  description: string;
  takes: [SchemaName, object];
  gives: [SchemaName, object];
  refuses: RefusalName[];
  code?: 200 | 202;
  headers?: Headers;
}) {
  const { takes, gives, refuses, code = 200, headers = {}, ...more } = described;
  return {
    ...more,
    tags,
    security,
    parameters: parameterRefs('IdempotencyKey', ...conditional, 'RequestId'),
    requestBody: { required: true, description: 'The command', content: contentOf(...takes) },
    responses: {
      [code]: {
        description: 'It is done, or begun',
        headers: headerRefs({ 'Cache-Control': 'NoStore', ...headers }),
        content: contentOf(...gives),
      },
      ...refusalRefs(
        ...(['MalformedSubmission', 'Unauthorized', 'ContentTooLarge', 'UnsupportedMediaType'] satisfies RefusalName[]),
        ...(['PreconditionFailed', 'TooManyRequests', 'Unavailable'] satisfies RefusalName[]),
        ...refuses,
      ),
    },
  };
}

export function contentOf(schema: SchemaName, value: object) {
  return { 'application/json': { schema: schemaRef(schema), examples: { one: { value } } } };
}
