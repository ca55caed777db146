/** `npm start`: the whole service on one machine, on a Temporal development server of its own unless one is configured. */
import { Connection } from '@temporalio/client';
import { loadCall } from '../api/call-file.ts';
import { environment, readProgramsConfig, readStackConfig } from '../config.ts';
import { runProcess } from '../run-process.ts';
import { openDataFolder } from './data-folder.ts';
import { createParts } from './parts.ts';
import { assertFree } from './ports.ts';
import { findProgram, temporalCli } from './programs.ts';
import { ensureSearchAttributes, untilPolled, untilServing } from './temporal-readiness.ts';
import { temporalServerArgs } from './temporal-server.ts';
import { welcome } from './welcome.ts';

await runProcess('start', async (stopping) => {
  const env = environment();
  const config = readStackConfig(env);
  const { embedded } = config;
  const call = await loadCall(config.callFile);
  const program = embedded && (await findProgram(temporalCli, readProgramsConfig(env), print));
  await assertFree([{ setting: 'PORT', port: config.port, host: config.host }, ...(embedded?.ports ?? [])]);
  const folder = await openDataFolder(config.dataDir);
  const parts = createParts();

  const stop = async () => {
    await parts.stop();
    await folder.release();
  };

  try {
    const start = (name: string, module: string, args: string[] = [], more: Record<string, string> = {}) => {
      stopping.throwIfAborted();
      const options = { name, module: new URL(module, import.meta.url), args, logFile: folder.logFile(name) };
      return parts.start({ ...options, env: { ...env, ...config.temporalEnv, ...more } });
    };
    const orDie = <Value>(step: Promise<Value>) => Promise.race([step, parts.died]);

    if (program && embedded) {
      await start('temporal', './guard.mjs', [program, ...temporalServerArgs(embedded, folder.database)]);
    }
    const connection = Connection.lazy(config.temporal.connectionOptions);
    const server = { connection, namespace: config.temporal.namespace };
    await orDie(untilServing(server, stopping));
    if (!embedded) await ensureSearchAttributes(server);

    await orDie((await start('worker', '../worker.ts')).ready);
    const idSecret = config.idSecret ?? (await folder.idSecret());
    await orDie((await start('gateway', '../api/server.ts', [], { ID_SECRET: idSecret })).ready);
    await orDie(untilPolled(server, stopping));
    await connection.close();

    print(welcome(config, call));
    return { ended: parts.died, stop };
  } catch (error) {
    await stop();
    throw error;
  }
});

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
