/** `npm run bench` and `npm run bench -- moderation`: see `docs/benchmarks.md`. */

import { findPostgres, startPostgres } from '../dev/programs/postgres.ts';
import { findProgram, temporalCli } from '../dev/programs/programs.ts';
import { runProcess } from '../process/run-process.ts';
import { readProgramsConfig } from '../process/settings/programs-config.ts';
import { environment } from '../process/settings/read-settings.ts';
import { benchModeration } from './moderation-cost.ts';
import { benchEndToEnd } from './parts/end-to-end.ts';
import { print } from './report.ts';
import { benchStore } from './store.ts';
import { benchWorkflows } from './workflows.ts';

const done = { stop: async () => undefined, ended: Promise.resolve() };

await runProcess('bench', async (stopping) => {
  if (process.argv[2] === 'moderation') {
    await benchModeration();
    return done;
  }
  const config = readProgramsConfig(environment());
  const program = await findProgram(temporalCli, config, print);
  if (process.argv[2] === 'end-to-end') {
    print(JSON.stringify(await benchEndToEnd(program, stopping), null, 2));
    return done;
  }
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
  return done;
});
