import { createHmac, timingSafeEqual } from 'node:crypto';
import type { SubmissionId } from '../contract/submission-id.ts';

export type SpeakerTokenKey = { id: string; secret: string };

export type SpeakerTokens = ReturnType<typeof createSpeakerTokens>;

/** What a token is for that a mail brings: to prove an address, to take a submission back to one, or to answer as a co-speaker. */
export const purposes = ['proof', 'undo', 'co-speaker'] as const;

export type Purpose = (typeof purposes)[number];

const marks = { proof: 'p', undo: 'u', 'co-speaker': 'c' } as const satisfies Record<Purpose, string>;

/** Milliseconds for which a link to all talks of an address works (contract H39). */
export const accessTime = 3_600_000;

/**
 * Tokens are HMACs (contract H12, H38 to H42), so that gateways with the same keys agree and nothing is stored. The first key
 * makes them; the others are still accepted.
 */
export function createSpeakerTokens(keys: readonly SpeakerTokenKey[]) {
  const [signing] = keys;
  if (!signing) throw new Error('speaker tokens need a key');
  const keyOf = (token: string) => keys.find((one) => token.startsWith(`${one.id}.`));

  return {
    /** To read, change and answer. Those of an earlier generation have ended, which the submission's workflow says. */
    of: (id: SubmissionId, generation = 0) => make(signing, id, generation),

    /** Returns `undefined` for what is no token of the submission. */
    generationIn(id: SubmissionId, token: string): number | undefined {
      const key = keyOf(token);
      if (key === undefined) return undefined;
      const [, number] = /^(\d{1,3})\./.exec(token.slice(key.id.length + 1)) ?? [];
      const generation = Number(number ?? 0);
      return isEqual(make(key, id, generation), token) ? generation : undefined;
    },

    /** For one purpose, and for that alone. @param number of the address, or of the co-speaker */
    ofPurpose: (purpose: Purpose, id: SubmissionId, number: number) => makeFor(signing, purpose, id, number),

    numberIn(purpose: Purpose, id: SubmissionId, token: string): number | undefined {
      const key = keyOf(token);
      if (key === undefined) return undefined;
      const [, digits] = /^[a-z](\d{1,3})\./.exec(token.slice(key.id.length + 1)) ?? [];
      if (digits === undefined) return undefined;
      const number = Number(digits);
      return isEqual(makeFor(key, purpose, id, number), token) ? number : undefined;
    },

    /** To all talks of an address, as it was given. @param now in milliseconds */
    ofAccess(email: string, now: number): string {
      const payload = Buffer.from(JSON.stringify([email, now + accessTime])).toString('base64url');
      return makeAccess(signing, payload);
    },

    /** The address, and until when the token works. Returns `undefined` for what is no such token, or one that has ended. */
    accessIn(token: string, now: number): { email: string; until: number } | undefined {
      const access = readAccess(token);
      return access && now < access.until ? access : undefined;
    },

    /** Until when a token for an address works, or did. */
    accessUntil: (token: string) => readAccess(token)?.until,
  };

  function readAccess(token: string): { email: string; until: number } | undefined {
    const key = keyOf(token);
    const [mark, payload = '', ...rest] = key ? token.slice(key.id.length + 1).split('.') : [];
    if (key === undefined || mark !== 'a' || rest.length !== 1) return undefined;
    if (!isEqual(makeAccess(key, payload), token)) return undefined;
    const [email, until]: [string, number] = JSON.parse(Buffer.from(payload, 'base64url').toString());
    return { email, until };
  }
}

/** The first generation has no number. */
function make(key: SpeakerTokenKey, id: SubmissionId, generation: number): string {
  const number = generation === 0 ? '' : `${generation}.`;
  return `${key.id}.${number}${signed(key, `speaker-token\n${id}${generation === 0 ? '' : `\n${generation}`}`)}`;
}

function makeFor(key: SpeakerTokenKey, purpose: Purpose, id: SubmissionId, number: number): string {
  return `${key.id}.${marks[purpose]}${number}.${signed(key, `${purpose}\n${id}\n${number}`)}`;
}

function makeAccess(key: SpeakerTokenKey, payload: string): string {
  return `${key.id}.a.${payload}.${signed(key, `access\n${payload}`)}`;
}

function signed({ secret }: SpeakerTokenKey, text: string): string {
  return createHmac('sha256', secret).update(text).digest('base64url');
}

function isEqual(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}
