/** `npm run bench`, `npm run bench -- PART…`, or `npm run bench -- long`: see `docs/benchmarks.md`. */
import { findPostgres } from '../dev/programs/postgres.ts';
import { findProgram, temporalCli } from '../dev/programs/programs.ts';
import { runProcess } from '../process/run-process.ts';
import { readProgramsConfig } from '../process/settings/programs-config.ts';
import { environment } from '../process/settings/read-settings.ts';
import { SetupError } from '../process/setup-error.ts';
import { benchLong, scenarios } from './long/long.ts';
import { parts } from './parts/parts.ts';
import { print } from './report/print.ts';
import { createReport } from './report/report.ts';

await runProcess('bench', async (stopping) => {
  const wanted = process.argv.slice(2);
  const isLong = wanted[0] === 'long';
  const unknown = wanted.filter((name) => !parts.some((part) => part.name === name));
  const names = parts.map(({ name }) => name).join(', ');
  if (!isLong && unknown.length > 0)
    throw new SetupError(`There is no part ${unknown.join(', ')}. The parts are: ${names}, and long`);

  const config = readProgramsConfig(environment());
  const program = await findProgram(temporalCli, config, print);
  const postgres = await findPostgres(config.path);
  if (postgres === undefined) print('PostgreSQL is not installed: its figures are left out.');
  const context = { program, postgres, stopping };
  const report = createReport([...parts, ...scenarios.map(({ name }) => ({ name, of: 'long' }))]);
  if (isLong) await benchLong(context, wanted.slice(1), report);
  else
    for (const part of parts)
      if (wanted.length === 0 || wanted.includes(part.name)) await report(part, () => part.run(context));
  return { stop: async () => undefined, ended: Promise.resolve() };
});
