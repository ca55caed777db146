import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readCodecServerConfig } from '../../process/settings/codec-server-config.ts';
import { readDatabaseConfig } from '../../process/settings/database-config.ts';
import { readGatewayConfig } from '../../process/settings/gateway-config.ts';
import { secretsInFiles } from '../../process/settings/settings.ts';
import { readStackConfig } from '../../process/settings/stack-config.ts';
import { readWorkerConfig } from '../../process/settings/worker-config.ts';

const secret = 'a-secret-of-a-file-with-32-or-more-characters';
const values = {
  ID_SECRET: secret,
  SPEAKER_TOKEN_KEYS: `2:${secret},1:${'b'.repeat(32)}`,
  PAYLOAD_KEYS: `2:${'0'.repeat(64)},1:${'1'.repeat(64)}`,
  DATABASE_URL: 'postgres://records:password@records/records',
  SMTP_URL: 'smtps://user:password@mail.example.org',
  SLACK_WEBHOOK_URL: 'https://hooks.example.org/services/secret',
  WEBHOOK_SECRET: secret,
};
// So that no profile of the machine has a say.
const others = {
  ACCESS_FILE: 'access.yaml',
  WEBHOOK_URL: 'https://example.org/hook',
  TEMPORAL_CONFIG_FILE: join(tmpdir(), 'no-such-file.toml'),
};

let folder: string;
let files: Record<string, string>;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), `call-for-speakers-secrets-${process.pid}-`));
  files = {};
  for (const [name, value] of Object.entries(values)) {
    files[`${name}_FILE`] = join(folder, name);
    // As `echo` writes it.
    await writeFile(join(folder, name), `${value}\n`);
  }
  await writeFile(join(folder, 'empty'), '\n');
});
afterAll(() => rm(folder, { recursive: true }));

test.each([
  { reader: 'gateway', read: readGatewayConfig },
  { reader: 'worker', read: readWorkerConfig },
  { reader: 'backup', read: readDatabaseConfig },
  { reader: 'stack', read: readStackConfig },
  { reader: 'codec server', read: readCodecServerConfig },
])('the $reader reads its secrets from files as it reads them from the environment', ({ read }) => {
  expect(read({ ...others, ...files })).toEqual(read({ ...others, ...values }));
});

test('each secret is one of these', () => {
  expect([...secretsInFiles].sort()).toEqual(Object.keys(values).sort());
});

test.each(['.env.example', 'docs/operations.md'])('%s names each of them where it tells of the files', (file) => {
  const text = readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8');

  const told = text.split(/\n#?\n/).find((paragraph) => paragraph.includes('ID_SECRET_FILE=')) ?? '';

  expect(secretsInFiles.filter((name) => !told.includes(name))).toEqual([]);
});

test('what is wrong with a file is said by its setting, all at once and nothing twice', () => {
  const missing = join(folder, 'missing');
  const empty = join(folder, 'empty');
  const env = { ...others, ID_SECRET_FILE: missing, SPEAKER_TOKEN_KEYS_FILE: empty, PORT: 'http' };

  expect(() => readGatewayConfig(env)).toThrow(
    [
      'These settings are missing or invalid:',
      `  ID_SECRET_FILE: ${missing} can't be read (ENOENT)`,
      `  SPEAKER_TOKEN_KEYS_FILE: ${empty} is empty`,
      '  PORT: must be a port, 1 to 65535',
    ].join('\n'),
  );
});

test('a secret that is set in both ways is refused: it would be a guess which one counts', () => {
  const env = { ...others, ...files, ID_SECRET: secret };

  expect(() => readGatewayConfig(env)).toThrow('ID_SECRET_FILE: ID_SECRET is set as well; remove one of the two');
});

test('a value that is wrong is named by its setting, and never shown', () => {
  const env = {
    ...others,
    ...files,
    ID_SECRET_FILE: files.SMTP_URL_FILE,
    SPEAKER_TOKEN_KEYS_FILE: files.SMTP_URL_FILE,
  };

  const read = () => readGatewayConfig(env);

  expect(read).toThrow('SPEAKER_TOKEN_KEYS.0: must be id:secret');
  expect(read).not.toThrow('password');
});

test('an empty NAME_FILE is the same as none, and a file of a setting that is not read is not opened', () => {
  const env = { ...others, ...values, ID_SECRET_FILE: '', SMTP_URL_FILE: join(folder, 'missing') };

  expect(readGatewayConfig(env).idSecret).toBe(secret);
});
