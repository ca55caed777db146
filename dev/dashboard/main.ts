/** `npm run dashboard:check`: whether the queries of the dashboard find what they ask for. */
import { runProcess } from '../../process/run-process.ts';
import { readProgramsConfig } from '../../process/settings/programs-config.ts';
import { environment } from '../../process/settings/read-settings.ts';
import { findClusterPrograms } from '../cluster/cluster-programs.ts';
import { findDebianProgram } from '../programs/debian.ts';
import { checkDashboard } from './check-dashboard.ts';

await runProcess('dashboard:check', async (stopping) => {
  const env = environment();
  const config = readProgramsConfig(env);
  const prometheus = await findDebianProgram('prometheus', config.path, print);
  const programs = { ...(await findClusterPrograms(config, print)), prometheus };
  return { ended: checkDashboard({ programs, env, stopping, report: print }), stop: async () => undefined };
});

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
