import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readGatewayConfig, readProgramsConfig, readStackConfig, readWorkerConfig } from '../config.ts';
import { idSecret } from './support/fixtures.ts';

// So that no profile of the machine has a say.
const nothing = { TEMPORAL_CONFIG_FILE: join(tmpdir(), 'no-such-file.toml') };

describe('the settings', () => {
  test('have defaults for all that is not secret', () => {
    const config = readGatewayConfig({ ...nothing, ID_SECRET: idSecret });

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
    expect(() => readGatewayConfig({ ...nothing, ID_SECRET: idSecret, PORT })).toThrow('PORT: must be a port');
  });

  test('that are empty are not set', () => {
    expect(readGatewayConfig({ ...nothing, ID_SECRET: idSecret, PORT: '', PUBLIC_URL: '' }).port).toBe(3000);
    expect(() => readGatewayConfig({ ...nothing, ID_SECRET: '' })).toThrow('ID_SECRET: is required');
  });

  test.each([
    ['https://cfs.example.org/', 'https://cfs.example.org'],
    ['https://example.org/cfs/', 'https://example.org/cfs'],
  ])('PUBLIC_URL %s is the base %s', (PUBLIC_URL, base) => {
    expect(readGatewayConfig({ ...nothing, ID_SECRET: idSecret, PUBLIC_URL }).publicUrl).toBe(base);
  });

  test('PUBLIC_URL is required in production', () => {
    expect(() => readGatewayConfig({ ...nothing, ID_SECRET: idSecret, NODE_ENV: 'production' })).toThrow(
      'PUBLIC_URL: is required',
    );
  });

  test("of Temporal are those of its own clients, a profile's file among them", async () => {
    const file = join(tmpdir(), `temporal-${process.pid}.toml`);
    await writeFile(file, '[profile.conference]\naddress = "temporal.example.org:7233"\nnamespace = "conference"\n');

    const byProfile = readWorkerConfig({ TEMPORAL_CONFIG_FILE: file, TEMPORAL_PROFILE: 'conference' });
    const byVariable = readWorkerConfig({ ...nothing, TEMPORAL_ADDRESS: 'a:1', TEMPORAL_NAMESPACE: 'b' });

    expect(byProfile.temporal).toMatchObject({
      namespace: 'conference',
      connectionOptions: { address: 'temporal.example.org:7233' },
    });
    expect(byVariable.temporal).toMatchObject({ namespace: 'b', connectionOptions: { address: 'a:1' } });
  });

  test('that name a profile which does not exist are refused', () => {
    expect(() => readWorkerConfig({ ...nothing, TEMPORAL_PROFILE: 'nobody' })).toThrow('TEMPORAL_*:');
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
});
