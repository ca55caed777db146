import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { z } from 'zod';
import { codecServerSettings, readCodecServerConfig } from '../../process/settings/codec-server-config.ts';
import { gatewaySettings, readGatewayConfig } from '../../process/settings/gateway-config.ts';
import { programsSettings, readProgramsConfig } from '../../process/settings/programs-config.ts';
import { settings } from '../../process/settings/settings.ts';
import { readStackConfig, stackSettings } from '../../process/settings/stack-config.ts';
import { readWorkerConfig, workerSettings } from '../../process/settings/worker-config.ts';
import { idSecret } from '../support/fixtures.ts';

// So that no profile of the machine has a say.
const secrets = {
  ID_SECRET: idSecret,
  SPEAKER_TOKEN_KEYS: `1:${idSecret}`,
  ACCESS_FILE: 'access.yaml',
  PAYLOAD_KEYS: `1:${'0'.repeat(64)}`,
};
const nothing = { TEMPORAL_CONFIG_FILE: join(tmpdir(), 'no-such-file.toml') };

describe('the settings', () => {
  test('have defaults for all that is not secret', () => {
    const config = readGatewayConfig({ ...nothing, ...secrets });

    expect(config).toMatchObject({
      host: '127.0.0.1',
      port: 3000,
      publicUrl: 'http://127.0.0.1:3000',
      callFile: expect.stringMatching(/examples\/call\.yaml$/),
      temporal: { namespace: 'default' },
    });
  });

  test('are all checked at once, each by its name', () => {
    const read = () =>
      readGatewayConfig({ ...nothing, PORT: 'http', PUBLIC_URL: 'cfs.example.org', ID_SECRET: 'short' });

    expect(read).toThrow(
      /PORT: must be a port, 1 to 65535\n.*PUBLIC_URL: must be an http or https URL.*\n.*ID_SECRET: must have at least 32/,
    );
  });

  test.each(['0', '65536', '-1', '3000.5', ' 3000'])('take no %j for a port', (PORT) => {
    expect(() => readGatewayConfig({ ...nothing, ...secrets, PORT })).toThrow('PORT: must be a port');
  });

  test('that are missing are named, all of them', () => {
    expect(() => readGatewayConfig(nothing)).toThrow(
      /ID_SECRET: is required.*\n.*SPEAKER_TOKEN_KEYS: is required.*\n.*ACCESS_FILE: is required.*\n.*PAYLOAD_KEYS: is required/,
    );
  });

  test('have keys of speaker tokens, the signing one first', () => {
    const [one, other] = ['a'.repeat(32), 'b'.repeat(32)];
    const read = (SPEAKER_TOKEN_KEYS: string) =>
      readGatewayConfig({ ...nothing, ...secrets, SPEAKER_TOKEN_KEYS }).speakerTokenKeys;

    expect(read(`2:${one}, 1:${other}`)).toEqual([
      { id: '2', secret: one },
      { id: '1', secret: other },
    ]);
    expect(() => read(one)).toThrow('SPEAKER_TOKEN_KEYS.0: must be id:secret');
    expect(() => read('1:short')).toThrow('SPEAKER_TOKEN_KEYS.0: must be id:secret');
    expect(() => read(`1:${one},1:${other}`)).toThrow('SPEAKER_TOKEN_KEYS: has the same key id twice');
  });

  test('have keys of payloads, in hexadecimal or base64, the encrypting one first', () => {
    const [one, other] = [randomBytes(32), randomBytes(32)];
    const read = (PAYLOAD_KEYS: string) =>
      readWorkerConfig({ ...nothing, ...secrets, PAYLOAD_KEYS }).temporal.payloadKeys;

    expect(read(`2:${one.toString('hex')}, 1:${other.toString('base64')}`)).toEqual([
      { id: '2', key: one },
      { id: '1', key: other },
    ]);
    expect(read(`1:${one.toString('base64url')},off`)).toEqual([{ id: '1', key: one }, 'off']);
    expect(read('off')).toEqual(['off']);
  });

  test.each([
    ['short', '.0: must be id:key'],
    [`1:${'a'.repeat(42)}`, '.0: must be id:key'],
    [`1:${'a'.repeat(66)}`, '.0: must be id:key'],
    [`1:${'0'.repeat(64)},2:${'z'.repeat(64)}`, '.1: must be id:key'],
    [`A:${'0'.repeat(64)}`, '.0: must be id:key'],
    ['OFF', '.0: must be id:key'],
    [',off', '.0: must be id:key'],
    [`1:${'0'.repeat(64)},1:${'1'.repeat(64)}`, ': has the same key id'],
    [`off,off`, ': has the same key id'],
  ])('take no %j for the keys of payloads, and repeat none of it', (PAYLOAD_KEYS, complaint) => {
    const read = () => readWorkerConfig({ ...nothing, ...secrets, PAYLOAD_KEYS });

    expect(read).toThrow(`PAYLOAD_KEYS${complaint}`);
    expect(read).not.toThrow(PAYLOAD_KEYS);
  });

  test('let nobody forget the keys of payloads, nor what is off', () => {
    const { PAYLOAD_KEYS: _, ...others } = { ...secrets, PUBLIC_URL: 'https://cfs.example.org' };
    const production = { ...nothing, ...others, NODE_ENV: 'production' };

    for (const read of [readGatewayConfig, readWorkerConfig]) {
      expect(() => read(production)).toThrow('PAYLOAD_KEYS: is required');
      expect(read({ ...production, PAYLOAD_KEYS: 'off' }).temporal.payloadKeys).toEqual(['off']);
    }
  });

  test('of the codec server need an issuer, unless it listens on loopback and not in production', () => {
    const keys = { ...nothing, PAYLOAD_KEYS: 'off' };
    const issuer = { CODEC_ISSUER: 'https://id.example.org', CODEC_AUDIENCE: 'temporal-ui' };
    const read = (more: object) => readCodecServerConfig({ ...keys, ...more });

    expect(read({})).toMatchObject({ host: '127.0.0.1', port: 8234, hosts: ['127.0.0.1:8234', 'localhost:8234'] });
    expect(read({ ...issuer, CODEC_HOST: '0.0.0.0', NODE_ENV: 'production' })).toMatchObject({
      authority: { issuer: 'https://id.example.org', audience: 'temporal-ui' },
      hosts: undefined,
    });
    expect(() => read({ CODEC_HOST: '0.0.0.0' })).toThrow('CODEC_ISSUER: is required unless');
    expect(() => read({ NODE_ENV: 'production' })).toThrow('CODEC_ISSUER: is required in production');
    expect(() => read({ CODEC_ISSUER: issuer.CODEC_ISSUER })).toThrow('CODEC_AUDIENCE: is required with CODEC_ISSUER');
    expect(() => read({ ...issuer, CODEC_ISSUER: 'http://id.example.org' })).toThrow(
      'CODEC_ISSUER: must be an https URL',
    );
  });

  test('have lists of origins and of proxies', () => {
    const read = (more: object) => readGatewayConfig({ ...nothing, ...secrets, ...more });

    expect(read({ CORS_ORIGINS: 'https://a.example, http://b.example:8080' }).corsOrigins).toEqual([
      'https://a.example',
      'http://b.example:8080',
    ]);
    expect(read({ TRUSTED_PROXIES: '10.0.0.0/8,::1' }).trustedProxies).toEqual(['10.0.0.0/8', '::1']);
    expect(() => read({ CORS_ORIGINS: 'https://a.example/path' })).toThrow('CORS_ORIGINS.0: must be origins');
    expect(() => read({ TRUSTED_PROXIES: 'proxy.example' })).toThrow('TRUSTED_PROXIES.0: must be IP addresses');
    expect(() => read({ RATE_LIMITS: 'yes' })).toThrow('RATE_LIMITS: must be on or off');
  });

  test('that are empty are not set', () => {
    expect(readGatewayConfig({ ...nothing, ...secrets, PORT: '', PUBLIC_URL: '' }).port).toBe(3000);
    expect(() => readGatewayConfig({ ...nothing, ID_SECRET: '' })).toThrow('ID_SECRET: is required');
  });

  test.each([
    ['https://cfs.example.org/', 'https://cfs.example.org'],
    ['https://example.org/cfs/', 'https://example.org/cfs'],
    ['https://bücher.example/größe', 'https://xn--bcher-kva.example/gr%C3%B6%C3%9Fe'],
  ])('PUBLIC_URL %s is the base %s', (PUBLIC_URL, base) => {
    expect(readGatewayConfig({ ...nothing, ...secrets, PUBLIC_URL }).publicUrl).toBe(base);
  });

  test('PUBLIC_URL is required in production', () => {
    expect(() => readGatewayConfig({ ...nothing, ...secrets, NODE_ENV: 'production' })).toThrow(
      'PUBLIC_URL: is required',
    );
  });

  test("of Temporal are those of its own clients, a profile's file among them", async () => {
    const file = join(tmpdir(), `temporal-${process.pid}.toml`);
    await writeFile(file, '[profile.conference]\naddress = "temporal.example.org:7233"\nnamespace = "conference"\n');

    const byProfile = readWorkerConfig({ ...secrets, TEMPORAL_CONFIG_FILE: file, TEMPORAL_PROFILE: 'conference' });
    const byVariable = readWorkerConfig({ ...nothing, ...secrets, TEMPORAL_ADDRESS: 'a:1', TEMPORAL_NAMESPACE: 'b' });

    expect(byProfile.temporal).toMatchObject({
      namespace: 'conference',
      connectionOptions: { address: 'temporal.example.org:7233' },
    });
    expect(byVariable.temporal).toMatchObject({ namespace: 'b', connectionOptions: { address: 'a:1' } });
  });

  test('that name a profile which does not exist are refused', () => {
    expect(() => readWorkerConfig({ ...nothing, TEMPORAL_PROFILE: 'nobody' })).toThrow('TEMPORAL_*:');
  });

  test('of the worker say by which ways messages leave, or where their files are', () => {
    const { smtpUrl, slackWebhookUrl, webhook, outbox } = readWorkerConfig({
      ...nothing,
      ...secrets,
      DATA_DIR: '/data',
    });
    const secret = 'a-secret-of-a-webhook-of-32-or-more';
    const set = readWorkerConfig({
      ...{ ...nothing, ...secrets, SMTP_URL: 'smtps://user:password@mail.example.org' },
      ...{ WEBHOOK_URL: 'https://example.org/hook', WEBHOOK_SECRET: secret },
    });

    expect([smtpUrl, slackWebhookUrl, webhook, outbox]).toEqual([undefined, undefined, undefined, '/data/outbox']);
    expect(set).toMatchObject({
      smtpUrl: 'smtps://user:password@mail.example.org',
      webhook: { url: 'https://example.org/hook', secret },
    });
    expect(() => readWorkerConfig({ ...nothing, ...secrets, SMTP_URL: 'mail' })).toThrow(
      'SMTP_URL: must be the URL of',
    );
    expect(() => readWorkerConfig({ ...nothing, ...secrets, WEBHOOK_URL: 'https://example.org' })).toThrow(
      'WEBHOOK_SECRET: is required',
    );
  });

  test('of the stack start a server, unless one is configured', () => {
    expect(readStackConfig({ ...nothing, TEMPORAL_PORT: '7000' })).toMatchObject({
      embedded: { port: 7000, uiPort: 8233, namespace: 'default' },
      temporalEnv: { TEMPORAL_ADDRESS: '127.0.0.1:7000' },
    });
    expect(readStackConfig({ ...nothing, TEMPORAL_ADDRESS: 'a:1' })).toMatchObject({
      embedded: undefined,
      temporalEnv: {},
    });
  });

  test('of the programs name a cache of our own', () => {
    expect(readProgramsConfig({ XDG_CACHE_HOME: '/var/cache' }).cacheDir).toBe('/var/cache/call-for-speakers');
  });

  test('are in .env.example, each with its default', async () => {
    const lines = (await readFile(new URL('../../.env.example', import.meta.url), 'utf8')).matchAll(
      /^([A-Z_]+)=(.*)$/gm,
    );

    const example = Object.fromEntries([...lines].map(([, name, value]) => [name, value]));

    const defaults = Object.entries(settings.shape).map(([name, type]) => [name, defaultOf(type)]);
    expect(example).toEqual(Object.fromEntries(defaults));
  });

  test('are in the table for operators, with who reads them', async () => {
    const operations = await readFile(new URL('../../docs/operations.md', import.meta.url), 'utf8');

    const rows = operations.match(/^\| `[A-Z_]+` \|.*$/gm);

    const readers = {
      gateway: gatewaySettings,
      worker: workerSettings,
      'codec server': codecServerSettings,
      '`npm start`': stackSettings,
      development: programsSettings,
    };
    const expected = Object.entries(settings.shape).map(([name, type]) => {
      const read = Object.entries(readers).flatMap(([reader, { shape }]) => (name in shape ? [reader] : []));
      const fallback = defaultOf(type);
      return `| \`${name}\` | ${read.join(', ') || 'all'} |${fallback && ` \`${fallback}\``} | ${type.description} |`;
    });
    expect(rows).toEqual(expected);
  });
});

/** As it stands in a file; empty where there is none. */
function defaultOf(type: z.ZodType): string {
  const { success, data } = type.safeParse(undefined);
  return success && data !== undefined ? String(data) : '';
}
