import { payloadKeys } from '../process/settings/payload-keys.ts';
import { createDataConverter } from '../temporal/codec/data-converter.ts';

/** Of tests, the bench and the saved histories: it encrypts nobody's talk. */
export const testKeysSetting = `test:${Buffer.alloc(32, 'key of tests').toString('base64')}`;

export const testKeys = payloadKeys.parse(testKeysSetting);

export const testConverter = createDataConverter(testKeys);
