/** Temporal's production server, which is published as an image and as source: where there is no container, it is compiled. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { findGo } from './go.ts';
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
