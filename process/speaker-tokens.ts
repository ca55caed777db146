import { createHmac, timingSafeEqual } from 'node:crypto';
import type { SubmissionId } from '../contract/submission-id.ts';

export type SpeakerTokenKey = { id: string; secret: string };

export type SpeakerTokens = ReturnType<typeof createSpeakerTokens>;

/**
 * A token is an HMAC of the submission's id (contract H12), so that gateways with the same keys agree. The first key
 * makes tokens; the others are still accepted. Each correction of the speaker's address begins a generation of tokens;
 * those of an earlier one have ended, which the submission's workflow says.
 */
export function createSpeakerTokens(keys: readonly SpeakerTokenKey[]) {
  const [signing] = keys;
  if (!signing) throw new Error('speaker tokens need a key');

  return {
    of: (id: SubmissionId, generation = 0) => make(signing, id, generation),

    /** Returns `undefined` for what is no token of the submission. */
    generationIn(id: SubmissionId, token: string): number | undefined {
      const key = keys.find((one) => token.startsWith(`${one.id}.`));
      if (key === undefined) return undefined;
      const [, number] = /^(\d{1,3})\./.exec(token.slice(key.id.length + 1)) ?? [];
      const generation = Number(number ?? 0);
      return isEqual(make(key, id, generation), token) ? generation : undefined;
    },
  };
}

/** The first generation has no number. */
function make(key: SpeakerTokenKey, id: SubmissionId, generation: number): string {
  const number = generation === 0 ? '' : `${generation}.`;
  const signed = `speaker-token\n${id}${generation === 0 ? '' : `\n${generation}`}`;
  return `${key.id}.${number}${createHmac('sha256', key.secret).update(signed).digest('base64url')}`;
}

function isEqual(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}
