import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';
import type { TestProject } from 'vitest/node';
import { environment, readProgramsConfig } from '../../config.ts';
import { findProgram, temporalCli, temporalTestServer } from '../../dev/programs.ts';

declare module 'vitest' {
  interface ProvidedContext {
    temporalCli: string;
    temporalTestServer: string;
    workflowBundle: string;
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

  return () => rm(folder, { recursive: true });
}
