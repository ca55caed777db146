import { createHmac, timingSafeEqual } from 'node:crypto';
import type { SubmissionId } from '../contract/submission-id.ts';

export type SpeakerTokenKey = { id: string; secret: string };

export type SpeakerTokens = ReturnType<typeof createSpeakerTokens>;

/**
 * A token is an HMAC of the submission's id (contract H12), so that gateways with the same keys agree. The first key
 * makes tokens; the others are still accepted.
 */
export function createSpeakerTokens(keys: readonly SpeakerTokenKey[]) {
  const [signing] = keys;
  if (!signing) throw new Error('speaker tokens need a key');

  return {
    of: (id: SubmissionId) => make(signing, id),

    isOf(id: SubmissionId, token: string): boolean {
      const key = keys.find((one) => token.startsWith(`${one.id}.`));
      return key !== undefined && isEqual(make(key, id), token);
    },
  };
}

function make(key: SpeakerTokenKey, id: SubmissionId): string {
  return `${key.id}.${createHmac('sha256', key.secret).update(`speaker-token\n${id}`).digest('base64url')}`;
}

function isEqual(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}
