/** `npm run histories` writes one history for each path into `test/histories/`. Until the first release, it replaces them. */
import { mkdir, writeFile } from 'node:fs/promises';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { runProcess } from '../../process/run-process.ts';
import { readProgramsConfig } from '../../process/settings/programs-config.ts';
import { environment } from '../../process/settings/read-settings.ts';
import { findProgram, temporalCli } from '../programs/programs.ts';
import { createTemporaryStack } from '../temporary-stack.ts';
import { paths, starterOf } from './paths.ts';

const folder = new URL('../../test/histories/', import.meta.url);
/** The first paths, which wait for a slot: beside others, they would be given one that another path has freed. */
const waitForSlots = 2;

const say = (line: string) => void process.stdout.write(`${line}\n`);

await runProcess('histories', async (stopping) => {
  const program = await findProgram(temporalCli, readProgramsConfig(environment()), say);
  const stack = await createTemporaryStack(program, stopping);
  try {
    await stack.startTemporal();
    await stack.startWorker();
    await mkdir(folder, { recursive: true });
    const all = Object.entries(paths).map(([name, path], index) => async () => {
      const { handle } = await path(starterOf(stack.client, index + 1));
      const history = await handle.fetchHistory();
      await writeFile(new URL(`${name}.json`, folder), `${historyToJSON(history)}\n`);
      say(`${name}: ${history.events?.length} events`);
    });
    const [first, others] = [all.slice(0, waitForSlots), all.slice(waitForSlots)];
    for (const write of first) await write();
    await Promise.all(others.map((write) => write()));
  } finally {
    await stack.stop();
  }
  return { stop: async () => undefined, ended: Promise.resolve() };
});
