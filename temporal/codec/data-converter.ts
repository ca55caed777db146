import { fileURLToPath } from 'node:url';
import type { DataConverter } from '@temporalio/common';
import type { PayloadKeys } from '../../process/settings/payload-keys.ts';
import { createPayloadCodec, markPlain } from './payload-codec.ts';

const failureConverterPath = fileURLToPath(new URL('../../workflows/failure-converter.cjs', import.meta.url));

/** For every client: gateway, worker and tools. */
export function createDataConverter(keys: PayloadKeys): DataConverter {
  return { payloadCodecs: [createPayloadCodec(keys)], failureConverterPath };
}

/** For what runs workflows and activities, and replays them. */
export function createWorkerDataConverter(keys: PayloadKeys): DataConverter {
  return { payloadCodecs: [createPayloadCodec(keys, markPlain)], failureConverterPath };
}
