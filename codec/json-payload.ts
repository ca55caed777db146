import type { Payload } from '@temporalio/common';
import { z } from 'zod';

const bytes = z.base64().transform((text): Uint8Array => Buffer.from(text, 'base64'));

/** As protobuf writes messages in JSON. A field that has nothing in it is left out. */
const jsonPayload = z.object({
  metadata: z.record(z.string(), bytes).default({}),
  data: bytes.nullable().default(null),
});

export const payloadsSchema = z.object({ payloads: z.array(jsonPayload).default([]) });

export function toJson({ metadata, data }: Payload) {
  const encoded = Object.entries(metadata ?? {}).map(([name, value]) => [name, base64(value)]);
  return { metadata: Object.fromEntries(encoded), ...(data && { data: base64(data) }) };
}

function base64(value: Uint8Array): string {
  return Buffer.from(value).toString('base64');
}
