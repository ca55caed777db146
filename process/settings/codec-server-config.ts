import { z } from 'zod';
import { type Environment, readSettingsAndTemporal } from './read-settings.ts';
import { issuerUrl } from './setting-types.ts';
import { settings } from './settings.ts';

export type CodecServerConfig = ReturnType<typeof readCodecServerConfig>;

export const codecServerSettings = settings
  .pick({
    CODEC_HOST: true,
    CODEC_PORT: true,
    CODEC_ORIGINS: true,
    CODEC_ISSUER: true,
    CODEC_AUDIENCE: true,
    PAYLOAD_KEYS: true,
  })
  .refine(({ CODEC_ISSUER, CODEC_AUDIENCE }) => CODEC_ISSUER === undefined || CODEC_AUDIENCE !== undefined, {
    path: ['CODEC_AUDIENCE'],
    error: 'is required with CODEC_ISSUER: tokens for other services of the issuer are no tokens for this one',
  })
  .refine(({ CODEC_HOST, CODEC_ISSUER }) => CODEC_ISSUER !== undefined || loopback.includes(CODEC_HOST), {
    path: ['CODEC_ISSUER'],
    error: 'is required unless CODEC_HOST is 127.0.0.1 or ::1: without it, whoever can reach the port reads everything',
  });

const loopback = ['127.0.0.1', '::1'];

const productionSettings = codecServerSettings.safeExtend({
  CODEC_ISSUER: z
    .string('is required in production: the issuer of the tokens that the Web UI passes on')
    .pipe(issuerUrl),
});

/** @throws ConfigError */
export function readCodecServerConfig(env: Environment) {
  const schema = env.NODE_ENV === 'production' ? productionSettings : codecServerSettings;
  const [read, { namespace }] = readSettingsAndTemporal(schema, env);
  const { CODEC_HOST: host, CODEC_PORT: port, CODEC_ISSUER: issuer, CODEC_AUDIENCE: audience } = read;
  const isOpen = issuer === undefined || audience === undefined;
  return {
    host,
    port,
    namespace,
    payloadKeys: read.PAYLOAD_KEYS,
    origins: read.CODEC_ORIGINS,
    authority: isOpen ? undefined : { issuer, audience },
    /** Names by which it may be asked; `undefined` for any, where each request needs a token. */
    hosts: isOpen ? [host.includes(':') ? `[${host}]` : host, 'localhost'].map((name) => `${name}:${port}`) : undefined,
  };
}
