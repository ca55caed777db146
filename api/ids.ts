import { createHmac, randomBytes } from 'node:crypto';
import { canonicalize } from 'json-canonicalize';
import { type ShortCode, shortCodeOf } from '../contract/short-code.ts';
import { parseSubmissionId, type SubmissionId } from '../contract/submission-id.ts';

/**
 * Makes ids: random, or derived from an Idempotency-Key, so that every gateway with the secret finds the same submission
 * again without a table (contract H10, H11).
 */
export function createIds(secret: string) {
  return {
    random: () => asId(randomBytes(16)),

    /**
     * @param email as it was sent: anyone who knows or guesses a key learns nothing about what others have submitted, and
     *   can't occupy the id of a later submission
     */
    ofSubmission: (idempotencyKey: string, email: string) => made('submission', idempotencyKey, email),

    /** One person's operation: the same key of another person starts another one. Without a key, each is new. */
    ofOperation: (kind: string, person: string, idempotencyKey: string | undefined) =>
      idempotencyKey === undefined ? asId(randomBytes(16)) : made('operation', kind, person, idempotencyKey),

    /** A submission is reopened once. */
    ofReopened: (id: SubmissionId) => made('reopening', id),

    /** Keyed, so that it tells nothing about the id, and opens no status. Many submissions may share one. */
    codeOf: (id: SubmissionId): ShortCode => shortCodeOf(keyed('short-code', id).readBigUInt64BE()),

    /** The same for equal JSON, whatever its order and spacing (RFC 8785). Keyed, since it is stored unencrypted. */
    fingerprint: (value: unknown) => keyed('fingerprint', canonicalize(value)).toString('base64url'),

    /** Identifies a client's network, without storing its address. */
    origin: (address: string) => keyed('origin', address).toString('base64url').slice(0, 22),
  };

  function made(purpose: string, ...parts: string[]): SubmissionId {
    return asId(keyed(purpose, canonicalize(parts)).subarray(0, 16));
  }

  // The purpose keeps ids and fingerprints apart.
  function keyed(purpose: string, text: string): Buffer {
    return createHmac('sha256', secret).update(`${purpose}\n${text}`).digest();
  }
}

function asId(bytes: Buffer): SubmissionId {
  const id = parseSubmissionId(bytes.toString('hex'));
  if (id === undefined) throw new Error('an id must be 16 bytes');
  return id;
}
