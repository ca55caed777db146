import { execFile } from 'node:child_process';
import { chmod, chown, mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { SetupError } from '../../process/setup-error.ts';
import type { createParts } from '../parts.ts';
import { until } from '../until.ts';
import { host } from './cluster-ports.ts';

const run = promisify(execFile);

type Options = { name: string; programs: string; folder: string; port: number; logFile: string };

export const urlOf = (port: number, database: string) => `postgres://postgres@${host}:${port}/${database}`;

/** A PostgreSQL that keeps its data, and flushes each commit, as in production. Anyone on this machine may connect to it. */
export async function startDatabase(
  parts: ReturnType<typeof createParts>,
  { name, programs, folder, port, logFile }: Options,
) {
  const asItself = await ownerOf(folder);
  const isNew = await stat(join(folder, 'PG_VERSION')).then(
    () => false,
    () => true,
  );
  const [program = '', ...args] = [...asItself, join(programs, 'initdb')];
  if (isNew) await run(program, [...args, '-D', folder, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8']);
  // As in docker-compose.yml: each of Temporal's roles opens connections of its own.
  const settings = [`listen_addresses=${host}`, `port=${port}`, 'unix_socket_directories=', 'max_connections=200'];
  const part = await parts.start({
    name,
    module: new URL('../guard.mjs', import.meta.url),
    args: [...asItself, join(programs, 'postgres'), '-D', folder, ...settings.flatMap((one) => ['-c', one])],
    env: process.env,
    logFile,
  });
  await Promise.race([untilAnswering(port), part.died]);
  return part;
}

/** PostgreSQL refuses to run as root: then it is the user of its package, who has to reach its folder. */
async function ownerOf(folder: string): Promise<string[]> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  if (process.getuid?.() !== 0) return [];
  const asItself = ['setpriv', '--reuid=postgres', '--regid=postgres', '--init-groups'];
  const { stdout } = await run('id', ['-u', 'postgres']);
  await chown(folder, Number(stdout), 0);
  await chmod(join(folder, '..'), 0o711);
  try {
    await run('setpriv', [...asItself.slice(1), 'test', '-w', folder]);
  } catch (cause) {
    const fix = 'set DATA_DIR to a folder that it can reach, or run as another user than root';
    throw new SetupError(`The user postgres can't reach ${folder}: ${fix}`, { cause });
  }
  return asItself;
}

async function untilAnswering(port: number): Promise<void> {
  await until(async () => {
    const client = new Client({ connectionString: urlOf(port, 'postgres') });
    client.on('error', () => undefined);
    await client.connect();
    await client.query('select 1').finally(() => client.end());
    return true;
  }, `no PostgreSQL answers at port ${port}`);
}
