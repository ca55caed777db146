/** A payload in one that is encrypted: what it says, how it is encoded, all of it. */
import { createCipheriv, createDecipheriv, type KeyObject, randomBytes } from 'node:crypto';
import type { Payload } from '@temporalio/common';
import proto from '@temporalio/proto';
import { UnreadablePayloadError } from './unreadable-payload-error.ts';

export type SealingKey = { id: string; key: KeyObject };

/** Of what a payload belongs to: which key, and whose it is. Authenticated, and in clear. */
export type Seal = { keyId: string; workflowId: string | undefined };

const { Payload: PayloadMessage } = proto.temporal.api.common.v1;

const cipher = 'aes-256-gcm';
/** Bytes, as NIST SP 800-38D recommends. At random, they suffice for 2^32 payloads of one key. */
const nonceBytes = 12;
const tagBytes = 16;

/** Known to Temporal's other samples and tools. */
const encoding = Buffer.from('binary/encrypted');

export function seal(payload: Payload, { id, key }: SealingKey, workflowId: string | undefined): Payload {
  const nonce = randomBytes(nonceBytes);
  const sealing = createCipheriv(cipher, key, nonce, { authTagLength: tagBytes });
  sealing.setAAD(associatedData({ keyId: id, workflowId }));
  const ciphertext = [sealing.update(PayloadMessage.encode(payload).finish()), sealing.final()];
  return {
    metadata: {
      encoding,
      'encryption-key-id': Buffer.from(id),
      ...(workflowId !== undefined && { 'workflow-id': Buffer.from(workflowId) }),
    },
    data: Buffer.concat([nonce, ...ciphertext, sealing.getAuthTag()]),
  };
}

/** Returns `undefined` for a payload that isn't sealed. */
export function sealOf({ metadata }: Payload): Seal | undefined {
  if (!isEqual(metadata?.encoding, encoding)) return undefined;
  return { keyId: textOf(metadata?.['encryption-key-id']) ?? '', workflowId: textOf(metadata?.['workflow-id']) };
}

/** @throws UnreadablePayloadError if anything of it was changed */
export function unseal({ data }: Payload, found: Seal, key: KeyObject): Payload {
  try {
    const bytes = Buffer.from(data ?? []);
    const opening = createDecipheriv(cipher, key, bytes.subarray(0, nonceBytes), { authTagLength: tagBytes });
    opening.setAAD(associatedData(found));
    opening.setAuthTag(bytes.subarray(-tagBytes));
    const plaintext = [opening.update(bytes.subarray(nonceBytes, -tagBytes)), opening.final()];
    return PayloadMessage.decode(Buffer.concat(plaintext));
  } catch (cause) {
    throw new UnreadablePayloadError(`A payload of the key ${found.keyId} was changed, or is of another key`, {
      cause,
    });
  }
}

/** JSON, so that no two pairs are the same bytes. */
function associatedData({ keyId, workflowId }: Seal): Buffer {
  return Buffer.from(JSON.stringify([keyId, workflowId ?? null]));
}

function textOf(bytes: Uint8Array | undefined): string | undefined {
  return bytes && Buffer.from(bytes).toString();
}

function isEqual(bytes: Uint8Array | undefined, other: Buffer): boolean {
  return bytes !== undefined && other.equals(bytes);
}
