import { execFile } from 'node:child_process';
import { constants } from 'node:fs';
import { access, chmod, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { createParts } from '../parts.ts';
import { freePort } from '../ports.ts';
import { until } from '../until.ts';

const run = promisify(execFile);
const host = '127.0.0.1';

/** Folder of Debian's package, which isn't on the PATH. */
const debian = '/usr/lib/postgresql';

/** Milliseconds. */
const readyTimeout = 30_000;

export async function findPostgres(path: string): Promise<string | undefined> {
  const versions = await readdir(debian).catch(() => []);
  const newestFirst = versions.sort((one, other) => Number(other) - Number(one));
  const folders = [
    ...path.split(delimiter).filter(Boolean),
    ...newestFirst.map((version) => join(debian, version, 'bin')),
  ];
  for (const folder of folders) {
    const isThere = await access(join(folder, 'initdb'), constants.X_OK).then(
      () => true,
      () => false,
    );
    if (isThere) return folder;
  }
  return undefined;
}

/**
 * For tests and the bench only: its data is removed at its end.
 *
 * @param isDurable has each commit flushed, as in production: otherwise its data doesn't survive a crash
 */
export async function startPostgres(programs: string, { isDurable = false } = {}) {
  const folder = await mkdtemp(join(tmpdir(), `call-for-speakers-postgres-${process.pid}-`));
  const data = join(folder, 'data');
  const parts = createParts();
  const port = await freePort();
  // PostgreSQL refuses to run as root.
  const isRoot = process.getuid?.() === 0;
  const asItself = isRoot ? ['setpriv', '--reuid=postgres', '--regid=postgres', '--init-groups'] : [];
  if (isRoot) await run('chown', ['postgres', folder]);
  await chmod(folder, 0o700);

  const [program = '', ...args] = [...asItself, join(programs, 'initdb')];
  await run(program, [...args, '-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--no-sync']);
  const settings = [
    `fsync=${isDurable ? 'on' : 'off'}`,
    `listen_addresses=${host}`,
    `port=${port}`,
    'unix_socket_directories=',
  ];
  const part = await parts.start({
    name: 'postgres',
    module: new URL('../guard.mjs', import.meta.url),
    args: [...asItself, join(programs, 'postgres'), '-D', data, ...settings.flatMap((one) => ['-c', one])],
    env: process.env,
    logFile: `${folder}.log`,
  });
  const urlOf = (name: string) => `postgres://postgres@${host}:${port}/${name}`;
  await Promise.race([
    until(() => execute(urlOf('postgres'), 'select 1'), 'PostgreSQL does not answer', { within: readyTimeout }),
    part.died,
  ]);

  return {
    url: urlOf('postgres'),
    pid: part.pid,

    async stop() {
      // Otherwise the server waits for its clients to disconnect.
      await execute(
        urlOf('postgres'),
        'select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid()',
      );
      await parts.stop();
      await rm(folder, { recursive: true });
      await rm(`${folder}.log`);
    },
  };
}

async function execute(url: string, statement: string): Promise<true> {
  const client = new Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.query(statement);
    return true;
  } finally {
    await client.end();
  }
}
