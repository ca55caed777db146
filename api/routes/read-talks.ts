import type { z } from 'zod';
import { mostTalks, talksSchema } from '../../contract/http/speaker-answers.ts';
import type { Deadline } from '../../process/deadline.ts';
import type { HeldTalk } from '../../store/access/talks.ts';
import type { Refuse } from '../http/refusal.ts';
import { refuseBusy } from '../limits/refuse-busy.ts';
import { route } from '../routing/route.ts';
import { accepted } from './examples.ts';
import type { SubmissionDependencies } from './submission-dependencies.ts';

export type Talk = z.output<typeof talksSchema>['items'][number];

export const readTalks = route(
  {
    route: 'GET /api/talks',
    operationId: 'readTalks',
    who: 'access',
    summary: 'List the talks of an address',
    description:
      'With the token that a mail has brought to the address: it works for an hour. Each talk has its status, and a token: of the speaker where the address is proved, else to prove it.',
    gives: {
      200: {
        cache: 'no-store',
        body: { Talks: talksSchema },
        example: {
          items: [
            {
              ...{ id: accepted.id, title: 'What ninety days of waiting taught us', status: accepted, isProved: true },
              speakerToken: '1.3q2-7wJ0a1sYk7yqN8dXn2lV0o4m5b6c7d8e9f0g1h2',
            },
          ],
        },
      },
    },
  },
  (dependencies: SubmissionDependencies) => {
    const talksOf = createTalksOf(dependencies);
    return async ({ email, deadline, refuse }) => ({
      status: 200,
      body: { items: await talksOf(email, deadline, refuse) },
    });
  },
);

type Refusing = Refuse<'temporarily-unavailable'>;

/** Reads the talks of an address, for the API and for a page. */
export function createTalksOf({ store, reader, tokens }: Pick<SubmissionDependencies, 'store' | 'reader' | 'tokens'>) {
  return async (email: string, deadline: Deadline, refuse: Refusing): Promise<Talk[]> => {
    const talks = await store.talks.heldBy(email, mostTalks);
    const items = await Promise.all(talks.map((talk) => itemOf(talk, deadline, refuse)));
    return items.filter((item) => item !== undefined);
  };

  /** With the status that everybody reads, and no other (contract H19, H43). `undefined` for what was erased meanwhile. */
  async function itemOf(
    { id, title, isProved, address, generation }: HeldTalk,
    deadline: Deadline,
    refuse: Refusing,
  ): Promise<Talk | undefined> {
    const reading = await reader.read(id, deadline);
    if (reading.kind === 'no-answer')
      return reading.retryAfter === undefined
        ? refuse('temporarily-unavailable', {}, { cause: reading.cause })
        : refuseBusy({ retryAfter: reading.retryAfter, detail: busy }, refuse);
    if (reading.kind !== 'found') return undefined;
    const token = isProved
      ? { speakerToken: tokens.of(id, generation) }
      : { proofToken: tokens.ofPurpose('proof', id, address) };
    return { id, title, status: reading.status, isProved, ...token };
  }
}

const busy = 'More is being read than can be read at once. The talks are unharmed: read them again after Retry-After.';
