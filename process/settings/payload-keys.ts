import { z } from 'zod';
import { partsOf } from './setting-types.ts';

/** `off`: payloads as they are. */
export type PayloadKey = { id: string; key: Uint8Array } | 'off';

/** The first one encrypts; what any of them has written is read. */
export type PayloadKeys = readonly PayloadKey[];

/** Bytes of a key of AES-256. */
const keyBytes = 32;

const hexadecimal = /^[0-9a-f]{64}$/i;

/** 32 bytes in base64, or base64url: 43 characters, and padding or none. */
const base64 = /^[A-Za-z0-9+/_-]{43}=?$/;

const fix = 'must be id:key, with an id of a-z, 0-9 or -, and a key of 32 bytes in base64 or hexadecimal; or off';

const payloadKey = z.string().transform((text, context): PayloadKey => {
  if (text === 'off') return text;
  const [, id, secret = ''] = /^([a-z0-9-]{1,16}):(.*)$/.exec(text) ?? [];
  const key = keyOf(secret);
  if (id !== undefined && key?.length === keyBytes) return { id, key };
  context.addIssue(fix);
  return z.NEVER;
});

function keyOf(secret: string): Uint8Array | undefined {
  if (hexadecimal.test(secret)) return Buffer.from(secret, 'hex');
  return base64.test(secret) ? Buffer.from(secret, 'base64') : undefined;
}

const idOf = (key: PayloadKey) => (key === 'off' ? key : `${key.id}:`);

export const payloadKeys = z
  .string('is required: id:key, the same for all processes, with a key by `openssl rand -base64 32`; or off')
  .transform(partsOf)
  .pipe(
    z
      .array(payloadKey)
      .refine((keys) => new Set(keys.map(idOf)).size === keys.length, 'has the same key id, or off, twice'),
  )
  .readonly();
