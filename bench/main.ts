/** `npm run bench`: figures as ratios, measured in one run on one machine. `docs/benchmarks.md` has more. */
import { environment, readProgramsConfig } from '../config.ts';
import { findPostgres, startPostgres } from '../dev/postgres.ts';
import { findProgram, temporalCli } from '../dev/programs.ts';
import { runProcess } from '../run-process.ts';
import { print } from './report.ts';
import { benchStore } from './store.ts';
import { benchWorkflows } from './workflows.ts';

await runProcess('bench', async (stopping) => {
  const config = readProgramsConfig(environment());
  const program = await findProgram(temporalCli, config, print);
  await benchWorkflows(program, stopping);
  await benchStore('embedded database', '', stopping);
  const programs = await findPostgres(config.path);
  if (programs === undefined) print('PostgreSQL is not installed: its figures are left out.');
  else {
    const postgres = await startPostgres(programs);
    try {
      await benchStore('PostgreSQL', postgres.url, stopping);
    } finally {
      await postgres.stop();
    }
  }
  return { stop: async () => undefined, ended: Promise.resolve() };
});
