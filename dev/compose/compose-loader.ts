import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { findGo } from '../programs/go.ts';

const run = promisify(execFile);

/** Bytes; a project with all defaults written out has some tens of thousands. */
const maxBuffer = 10_000_000;

export type ComposeLoader = Awaited<ReturnType<typeof buildComposeLoader>>;

/** Compiles a few lines of Go around compose's own library, in seconds. @throws Error without Go */
export async function buildComposeLoader() {
  const folder = await mkdtemp(join(tmpdir(), `call-for-speakers-compose-${process.pid}-`));
  const program = join(folder, 'compose');
  await run(await findGo(), ['build', '-o', program, '.'], { cwd: fileURLToPath(new URL('.', import.meta.url)) });

  return {
    /** The project as `docker compose` reads it, with all of its profiles. @throws Error with what it says of the file */
    async load(file: string, env: Record<string, string> = {}): Promise<unknown> {
      const { stdout } = await run(program, [file], { env, maxBuffer });
      return JSON.parse(stdout);
    },

    close: () => rm(folder, { recursive: true }),
  };
}
