import { statusDocumentSchema } from '../../contract/http/status.ts';
import { underPreconditions } from '../http/preconditions.ts';
import { polling } from '../http/response-headers.ts';
import { route } from '../routing/route.ts';
import { withdrawn } from './examples.ts';
import type { SubmissionDependencies } from './submission-dependencies.ts';

export const withdraw = route(
  {
    route: 'DELETE /api/submissions/{id}',
    operationId: 'withdraw',
    who: 'speaker',
    summary: 'Withdraw the talk',
    description: 'Before there is an outcome; repeating it changes nothing. A withdrawn submission reads `Canceled`.',
    gives: {
      202: {
        description: 'It is withdrawn',
        body: { StatusDocument: statusDocumentSchema },
        only: { status: ['NotStarted', 'Running', 'Canceled'] },
        headers: polling,
        example: withdrawn,
      },
    },
    refuses: ['unauthorized', 'not-found', 'submission-concluded', 'erased'],
  },
  ({ submissions, reader, watchers, answers, seenBySpeaker }: SubmissionDependencies) =>
    async (asked) => {
      const { id, generation, deadline, refuse } = asked;
      const since = reader.now();
      const result = await underPreconditions(
        asked,
        () => seenBySpeaker(id, deadline),
        async (condition) => {
          const changed = await submissions.withdraw(id, { generation, ...condition }, deadline);
          if (changed.kind === 'unauthorized') return refuse('unauthorized');
          return changed.kind === 'changed' ? refuse('precondition-failed') : changed;
        },
      );
      if (result.kind === 'unknown') return refuse('not-found');
      if (result.kind === 'erased') return refuse('erased');
      reader.remember(id, result.status, since);
      watchers.notify(id, { kind: 'found', status: result.status });
      if (result.kind === 'withdrawn') return answers.accepted(result.status, {});
      return refuse('submission-concluded', { detail: 'It can no longer be withdrawn.' });
    },
);
