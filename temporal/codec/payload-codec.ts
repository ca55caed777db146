/** Encrypts what Temporal stores, and decrypts what it returns. */
import { createSecretKey, type KeyObject } from 'node:crypto';
import type { Payload, PayloadCodec, SerializationContext } from '@temporalio/common';
import type { PayloadKeys } from '../../process/settings/payload-keys.ts';
import { type SealingKey, seal, sealOf, unseal } from './sealed-payload.ts';
import { UnreadablePayloadError } from './unreadable-payload-error.ts';

/**
 * A payload that somebody has put in another workflow's place is refused. The SDK gives the context of most payloads, and it is
 * experimental: one that was encrypted, or is read, without a workflow's id is checked against its own only.
 */
export function createPayloadCodec(keys: PayloadKeys, refuse: (payload: Payload) => Payload = refusePlain) {
  const sealingKeys = new Map<string, KeyObject>();
  for (const one of keys) if (one !== 'off') sealingKeys.set(one.id, createSecretKey(one.key));
  const sealing = sealingKeyOf(keys, sealingKeys);
  // Else whoever can write to Temporal could give commands without a key.
  const isPlainRead = keys.includes('off');

  function encodeOne(payload: Payload, workflowId: string | undefined): Payload {
    return sealing === undefined || isNothing(payload) ? payload : seal(payload, sealing, workflowId);
  }

  function decodeOne(payload: Payload, workflowId: string | undefined): Payload {
    const found = sealOf(payload);
    if (found === undefined) return isPlainRead || isNothing(payload) ? payload : refuse(payload);
    const key = sealingKeys.get(found.keyId);
    if (key === undefined) throw new UnreadablePayloadError(`The key ${found.keyId} is not among PAYLOAD_KEYS`);
    const opened = unseal(payload, found, key);
    if (found.workflowId !== undefined && workflowId !== undefined && found.workflowId !== workflowId)
      throw new UnreadablePayloadError(
        `A payload of the workflow ${found.workflowId} is in place of one of ${workflowId}`,
      );
    return opened;
  }

  return {
    encode: async (payloads: Payload[], context?: SerializationContext) =>
      payloads.map((payload) => encodeOne(payload, ownerOf(context))),
    decode: async (payloads: Payload[], context?: SerializationContext) =>
      payloads.map((payload) => decodeOne(payload, ownerOf(context))),
  } satisfies PayloadCodec;
}

function refusePlain(): never {
  throw new UnreadablePayloadError('A payload is not encrypted: PAYLOAD_KEYS allows that only with `off` among them');
}

/**
 * For workers: an update in clear, as tools without a codec send it, is refused, where an error would fail the workflow's task
 * again and again. No converter knows the encoding.
 */
export function markPlain({ metadata, ...payload }: Payload): Payload {
  return { ...payload, metadata: { ...metadata, encoding: Buffer.from('binary/not-encrypted') } };
}

function sealingKeyOf([first]: PayloadKeys, all: ReadonlyMap<string, KeyObject>): SealingKey | undefined {
  const key = first === undefined || first === 'off' ? undefined : all.get(first.id);
  return first === undefined || first === 'off' || key === undefined ? undefined : { id: first.id, key };
}

/** `undefined`, which says nothing, and which Temporal itself hands on from one run of a schedule to the next. */
function isNothing({ metadata, data }: Payload): boolean {
  return (data?.length ?? 0) === 0 && Buffer.from(metadata?.encoding ?? []).toString() === 'binary/null';
}

/** What a schedule appends to the ids of its workflows: a run of it gets the result, or the failure, of the one before. */
const timeOfSchedule = /-\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;

function ownerOf(context: SerializationContext | undefined): string | undefined {
  return context?.workflowId?.replace(timeOfSchedule, '');
}
