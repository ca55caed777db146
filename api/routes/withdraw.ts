import { statusDocumentSchema } from '../../contract/http/status.ts';
import type { Submissions } from '../../temporal/submissions.ts';
import { underPreconditions } from '../http/preconditions.ts';
import { polling } from '../openapi/headers.ts';
import { route } from '../routing/route.ts';
import type { SeenBySpeaker } from '../status/seen-by-speaker.ts';
import type { StatusAnswers } from '../status/status-answers.ts';
import type { StatusReader } from '../status/status-reader.ts';
import type { Watchers } from '../status/watchers.ts';
import { withdrawn } from './examples.ts';

export type WithdrawDependencies = {
  submissions: Pick<Submissions, 'withdraw'>;
  reader: StatusReader;
  watchers: Watchers;
  answers: StatusAnswers;
  seenBySpeaker: SeenBySpeaker;
};

export const withdraw = route(
  {
    method: 'delete',
    path: '/api/submissions/{id}',
    operationId: 'withdraw',
    tag: 'submissions',
    who: 'speaker',
    summary: 'Withdraw the talk',
    description: 'Before there is an outcome, and as often as one likes. What is withdrawn reads `Canceled`.',
    parameters: { id: 'SubmissionId' },
    takes: { preconditions: true },
    gives: {
      202: {
        description: 'It is withdrawn',
        cache: 'no-store',
        body: { StatusDocument: statusDocumentSchema },
        only: { status: ['NotStarted', 'Running', 'Canceled'] },
        headers: polling,
        example: withdrawn,
      },
    },
    refuses: ['not-found', 'submission-concluded', 'erased'],
  },
  ({ submissions, reader, watchers, answers, seenBySpeaker }: WithdrawDependencies) =>
    async (asked) => {
      const { id, refuse } = asked;
      const since = reader.now();
      const result = await underPreconditions(
        asked,
        () => seenBySpeaker(id),
        async (condition) => {
          const changed = await submissions.withdraw(id, condition);
          return changed.kind === 'changed' ? refuse('precondition-failed') : changed;
        },
      );
      if (result.kind === 'unknown') return refuse('not-found');
      if (result.kind === 'erased') return refuse('erased');
      reader.remember(id, result.status, since);
      watchers.tell(id, { kind: 'found', status: result.status });
      if (result.kind === 'withdrawn') return answers.accepted(result.status, {});
      return refuse('submission-concluded', { detail: 'It can no longer be withdrawn.' });
    },
);
