/** `npm start`: the whole service on one machine, with its own Temporal server unless one is configured. */
import { loadCall } from '../api/call-file.ts';
import { runProcess } from '../process/run-process.ts';
import { readProgramsConfig } from '../process/settings/programs-config.ts';
import { environment } from '../process/settings/read-settings.ts';
import { readStackConfig } from '../process/settings/stack-config.ts';
import { registerAttributes } from '../temporal/namespace/register-attributes.ts';
import { openDataFolder } from './data-folder.ts';
import { forgetDeleted } from './forget-deleted.ts';
import { assertFree } from './ports.ts';
import { findProgram, temporalCli } from './programs/programs.ts';
import { createStack } from './stack.ts';
import { welcome } from './welcome.ts';

await runProcess('start', async (stopping) => {
  const env = environment();
  const config = readStackConfig(env);
  const { embedded, temporal } = config;
  const call = await loadCall(config.callFile);
  const program = embedded ? await findProgram(temporalCli, readProgramsConfig(env), print) : '';
  await assertFree([{ setting: 'PORT', port: config.port, host: config.host }, ...(embedded?.ports ?? [])]);
  const folder = await openDataFolder(config.dataDir);
  const stack = createStack({ temporal, env: { ...env, ...config.temporalEnv }, logFile: folder.logFile, stopping });

  const stop = async () => {
    await stack.stop();
    if (embedded) forgetDeleted(folder.database);
    await folder.release();
  };

  try {
    if (embedded) {
      forgetDeleted(folder.database);
      await stack.startTemporal(program, embedded, folder.database);
    } else {
      print(`Waiting for Temporal at ${temporal.connectionOptions.address}…`);
      await stack.untilServing();
    }
    await registerAttributes(stack.server);
    const secrets: Record<string, string> = {};
    for (const name of config.missingSecrets) secrets[name] = await folder.secrets[name]();
    await Promise.all([
      stack.startWorker(secrets),
      stack.startGateway(secrets),
      embedded && stack.startCodecServer(embedded, secrets),
    ]);
    await stack.untilPolled();

    print(welcome(config, call, secrets.ACCESS_FILE && folder.organiserToken));
    return { ended: stack.died, stop };
  } catch (error) {
    await stop();
    throw error;
  }
});

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
