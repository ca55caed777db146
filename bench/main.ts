/** `npm run bench`, `npm run bench -- PART…`, or `npm run bench -- long`: see `docs/benchmarks.md`. */
import { findPostgres } from '../dev/programs/postgres.ts';
import { findProgram, temporalCli } from '../dev/programs/programs.ts';
import { runProcess } from '../process/run-process.ts';
import { readProgramsConfig } from '../process/settings/programs-config.ts';
import { environment } from '../process/settings/read-settings.ts';
import { SetupError } from '../process/setup-error.ts';
import { benchLong } from './long/long.ts';
import { parts } from './parts/parts.ts';
import { print, printResult } from './report/print.ts';
import { folder, keepResult } from './report/results.ts';
import { writeReport } from './report/write-report.ts';

const done = { stop: async () => undefined, ended: Promise.resolve() };

await runProcess('bench', async (stopping) => {
  const wanted = process.argv.slice(2);
  const unknown = wanted.filter((name) => !parts.some((part) => part.name === name));
  const names = parts.map(({ name }) => name).join(', ');
  if (wanted[0] !== 'long' && unknown.length > 0)
    throw new SetupError(`There is no part ${unknown.join(', ')}. The parts are: ${names}`);

  const config = readProgramsConfig(environment());
  const program = await findProgram(temporalCli, config, print);
  const postgres = await findPostgres(config.path);
  if (postgres === undefined) print('PostgreSQL is not installed: its figures are left out.');
  if (wanted[0] === 'long') {
    await benchLong({ program, postgres, stopping }, wanted.slice(1), async (scenario, result, milliseconds, scale) => {
      print(`\n${scenario.title} (npm run bench -- long ${scenario.name})`);
      printResult(result);
      // What is tried in a small size isn't kept.
      if (scale === 1) await keepResult(scenario, result, milliseconds);
    });
    return done;
  }
  for (const part of parts) {
    if (wanted.length > 0 && !wanted.includes(part.name)) continue;
    print(`\n${part.title} (npm run bench -- ${part.name})`);
    const began = performance.now();
    const result = await part.run({ program, postgres, stopping });
    printResult(result);
    await keepResult(part, result, performance.now() - began);
    await writeReport(
      folder,
      parts.map(({ name }) => name),
    );
  }
  return done;
});
