import { talksSchema } from '../../contract/http/speaker-answers.ts';
import { createOwnTalks } from '../people/own-talks.ts';
import { route } from '../routing/route.ts';
import { accepted, aSpeakerToken } from './examples.ts';
import type { SubmissionDependencies } from './submission-dependencies.ts';

export const readTalks = route(
  {
    route: 'GET /api/talks',
    operationId: 'readTalks',
    who: 'access',
    summary: 'List the talks of an address',
    description:
      'With the token of a link in a mail, for an hour. Each talk has a token: of its speaker, or to prove the address first.',
    gives: {
      200: {
        cache: 'no-store',
        body: { Talks: talksSchema },
        example: {
          items: [
            {
              ...{ id: accepted.id, title: 'What ninety days of waiting taught us', status: accepted, isProved: true },
              speakerToken: aSpeakerToken,
            },
          ],
        },
      },
    },
  },
  (dependencies: SubmissionDependencies) => {
    const ownTalks = createOwnTalks(dependencies);

    return async ({ email, deadline, refuse }) => ({
      status: 200,
      body: { items: await ownTalks(email, deadline, refuse) },
    });
  },
);
