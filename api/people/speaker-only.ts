import type { Context } from 'hono';
import { parseSubmissionId, type SubmissionId } from '../../contract/submission-id.ts';
import type { SpeakerTokens } from '../../process/speaker-tokens.ts';
import { bearerToken } from '../http/bearer.ts';
import { Refusal } from '../http/refusal.ts';
import type { Limits } from '../limits/limits.ts';

type Dependencies = { tokens: SpeakerTokens; limits: Limits; addressOf: (c: Context) => string };

export type SpeakerOnly = ReturnType<typeof createSpeakerOnly>;

/** Lets the speaker of a submission through. @throws Refusal, the same whether there is such a submission or not (H30) */
export function createSpeakerOnly({ tokens, limits, addressOf }: Dependencies) {
  return async (c: Context): Promise<SubmissionId> => {
    const id = parseSubmissionId(c.req.param('id') ?? '');
    const token = bearerToken(c);
    if (id === undefined || token === undefined || !tokens.isOf(id, token)) {
      await limits.charge('refused', addressOf(c));
      throw new Refusal('unauthorized');
    }
    await limits.charge('credential', id);
    return id;
  };
}
