import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';
import type { TestProject } from 'vitest/node';
import { environment, readProgramsConfig } from '../../config.ts';
import { findPostgres, startPostgres } from '../../dev/postgres.ts';
import { findProgram, temporalCli, temporalTestServer } from '../../dev/programs.ts';

declare module 'vitest' {
  interface ProvidedContext {
    temporalCli: string;
    temporalTestServer: string;
    workflowBundle: string;
    /** URL of a server, where PostgreSQL is installed. */
    postgres: string | undefined;
  }
}

/** Once for a run: Temporal's programs are found, and the workflow code is bundled. */
export default async function setup({ provide }: TestProject) {
  const config = readProgramsConfig(environment());
  const report = (line: string) => process.stdout.write(`${line}\n`);
  provide('temporalCli', await findProgram(temporalCli, config, report));
  provide('temporalTestServer', await findProgram(temporalTestServer, config, report));

  const folder = await mkdtemp(join(tmpdir(), 'call-for-speakers-test-'));
  const { code } = await bundleWorkflowCode({
    workflowsPath: fileURLToPath(new URL('../../workflows/index.ts', import.meta.url)),
    logger: new DefaultLogger('WARN'),
  });
  const bundle = join(folder, 'workflow-bundle.js');
  await writeFile(bundle, code);
  provide('workflowBundle', bundle);

  const programs = await findPostgres(config.path);
  const postgres = programs === undefined ? undefined : await startPostgres(programs);
  provide('postgres', postgres?.url);
  if (!postgres) report('PostgreSQL is not installed: what is about the database is tested on the embedded one alone.');

  return async () => {
    await postgres?.stop();
    await rm(folder, { recursive: true });
  };
}
