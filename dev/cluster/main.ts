/** `npm run cluster`: what docker-compose.yml runs, as processes. `npm run cluster -- smoke` tries it and ends. */
import { runProcess } from '../../process/run-process.ts';
import { readClusterConfig } from '../../process/settings/cluster-config.ts';
import { readProgramsConfig } from '../../process/settings/programs-config.ts';
import { environment } from '../../process/settings/read-settings.ts';
import { SetupError } from '../../process/setup-error.ts';
import { createCluster } from './cluster.ts';
import { assertClusterPortsFree, portsFrom } from './cluster-ports.ts';
import { findClusterPrograms } from './cluster-programs.ts';
import { smoke } from './smoke.ts';
import { welcome } from './welcome.ts';

await runProcess('cluster', async (stopping) => {
  const [command, ...more] = process.argv.slice(2);
  if ((command !== undefined && command !== 'smoke') || more.length > 0)
    throw new SetupError('Usage: npm run cluster, or npm run cluster -- smoke');

  const env = environment();
  const programs = await findClusterPrograms(readProgramsConfig(env), print);
  if (command === 'smoke')
    return { ended: smoke({ programs, env, stopping, report: print }), stop: async () => undefined };

  const { port, temporalPort, folder, callFile } = readClusterConfig(env);
  const ports = portsFrom(port, temporalPort);
  await assertClusterPortsFree(ports);
  const cluster = await createCluster({ folder, ports, programs, callFile, env, stopping });
  try {
    await cluster.start();
    print(welcome(cluster));
    return { ended: cluster.died, stop: cluster.close };
  } catch (error) {
    await cluster.close();
    throw error;
  }
});

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
