/** `npm run drill -- NAME` makes a fault on a service of its own, and repairs it by the runbook; without a name, it lists them. */
import { runProcess } from '../../process/run-process.ts';
import { readProgramsConfig } from '../../process/settings/programs-config.ts';
import { environment } from '../../process/settings/read-settings.ts';
import { SetupError } from '../../process/setup-error.ts';
import { findProgram, temporalCli } from '../programs/programs.ts';
import { drills } from './drills.ts';

await runProcess('drill', async (stopping) => {
  const [name] = process.argv.slice(2);
  const list = Object.entries(drills).map(([one, { about }]) => `  ${one}: ${about}`);
  const drill = Object.entries(drills).find(([one]) => one === name)?.[1];
  if (drill) {
    const program = await findProgram(temporalCli, readProgramsConfig(environment()), print);
    const begun = performance.now();
    const say = (line: string) => print(`${((performance.now() - begun) / 1_000).toFixed(1).padStart(6)} s  ${line}`);
    await drill.run({ program, say, stopping });
  } else if (name === undefined) print(['Drills:', ...list].join('\n'));
  else throw new SetupError([`There is no drill ${name}:`, ...list].join('\n'));
  return { stop: async () => undefined, ended: Promise.resolve() };
});

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
