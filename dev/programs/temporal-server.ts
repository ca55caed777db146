/** Temporal's production server, which is published as an image and as source: where there is no container, it is compiled. */
import { execFile } from 'node:child_process';
import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import type { Program } from './programs.ts';

const run = promisify(execFile);

/** The one of docker-compose.yml; a test compares them. */
const version = '1.32.1';
const serverModule = 'go.temporal.io/server';

export const temporalServer: Program = {
  name: 'temporal-server',
  version,
  download: (folder) => compile(folder, `${serverModule}/cmd/server`, 'server'),
};

/** Creates the schema of the server's databases. */
export const temporalSqlTool: Program = {
  name: 'temporal-sql-tool',
  version,
  download: (folder) => compile(folder, `${serverModule}/cmd/tools/sql`, 'sql'),
};

/** Five minutes on two idle cores, for the first of the two; Go keeps what they share. */
async function compile(folder: string, source: string, name: string): Promise<string> {
  const env = { ...process.env, GOBIN: folder };
  try {
    await run(await findGo(), ['install', `${source}@v${version}`], { env });
  } catch (cause) {
    const said = cause instanceof Error && 'stderr' in cause ? String(cause.stderr).trim() : String(cause);
    throw new Error(`go: ${said.split('\n').at(-1)}`, { cause });
  }
  return join(folder, name);
}

/** Go's own installer doesn't put it on the PATH. */
export async function findGo(): Promise<string> {
  for (const folder of [...(process.env.PATH ?? '').split(delimiter).filter(Boolean), '/usr/local/go/bin']) {
    const file = join(folder, 'go');
    const isThere = await access(file, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (isThere) return file;
  }
  throw new Error('not found; it comes from https://go.dev/dl or the package golang-go');
}
