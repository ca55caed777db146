import { createHmac, randomBytes } from 'node:crypto';
import { canonicalize } from 'json-canonicalize';
import { parseSubmissionId, type SubmissionId } from '../contract/submission-id.ts';
import { normalAddress } from '../contract/text/normal-address.ts';

/**
 * The id of a new submission: random, or made from its Idempotency-Key, so that any gateway that holds the secret finds
 * the same submission again, without a table (contract H10, H11).
 */
export function createIds(secret: string) {
  return {
    random: () => asId(randomBytes(16)),

    /**
     * @param email as it was sent: whoever knows or guesses a key learns nothing by it of what others have submitted, and
     *   can't take the place of what they will
     */
    ofSubmission: (idempotencyKey: string, email: string) => made('submission', idempotencyKey, email),

    /** Of one person: another one under the same key has begun another operation. Without a key, each is another. */
    ofOperation: (kind: string, person: string, idempotencyKey: string | undefined) =>
      idempotencyKey === undefined ? asId(randomBytes(16)) : made('operation', kind, person, idempotencyKey),

    /** A submission is reopened once, and has one successor. */
    ofReopened: (id: SubmissionId) => made('reopening', id),

    /** The same for the same JSON value, whatever its order and spacing (RFC 8785). Keyed, since it is kept in clear. */
    fingerprint: (value: unknown) => keyed('fingerprint', canonicalize(value)).toString('base64url'),

    /** A speaker, by any of the ways to write the e-mail address, without keeping it. */
    speaker: (email: string) => keyed('speaker', normalAddress(email)).toString('base64url'),
  };

  function made(purpose: string, ...parts: string[]): SubmissionId {
    return asId(keyed(purpose, canonicalize(parts)).subarray(0, 16));
  }

  // The purpose keeps an id from ever being a fingerprint, and the other way round.
  function keyed(purpose: string, text: string): Buffer {
    return createHmac('sha256', secret).update(`${purpose}\n${text}`).digest();
  }
}

function asId(bytes: Buffer): SubmissionId {
  const id = parseSubmissionId(bytes.toString('hex'));
  if (id === undefined) throw new Error('an id must be 16 bytes');
  return id;
}
