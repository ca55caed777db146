import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { inject } from 'vitest';
import { stringify } from 'yaml';
import { environment } from '../../config.ts';
import { createParts } from '../../dev/parts.ts';
import { untilServing } from '../../dev/temporal-readiness.ts';
import { temporalServerArgs } from '../../dev/temporal-server.ts';
import { idSecret } from './fixtures.ts';
import { freePort } from './free-port.ts';

/** The service's own processes, on a Temporal server that keeps its data in a file, each to be killed and replaced. */
export async function createStack(call: object) {
  const folder = await mkdtemp(join(tmpdir(), 'call-for-speakers-stack-'));
  const [port, uiPort] = [await freePort(), await freePort()];
  const address = `127.0.0.1:${port}`;
  const connection = Connection.lazy({ address });
  const parts = createParts();
  const running: (() => Promise<void>)[] = [];
  let count = 0;

  const callFile = join(folder, 'call.yaml');
  await writeFile(callFile, stringify(call));

  async function start(module: string, args: string[], env: Record<string, string>) {
    count += 1;
    const part = await parts.start({
      name: module,
      module: new URL(module, import.meta.url),
      args,
      env: { ...environment(), TEMPORAL_ADDRESS: address, ...env },
      logFile: join(folder, `${count}.log`),
    });
    return {
      ready: part.ready,
      pid: part.pid,
      kill: async () => {
        process.kill(part.pid, 'SIGKILL');
        await part.exited;
      },
      stop: part.stop,
      exited: part.exited,
    };
  }

  return {
    client: new Client({ connection }),

    async temporal() {
      const server = { host: '127.0.0.1', port, uiPort, namespace: 'default' };
      const program = spawn(inject('temporalCli'), temporalServerArgs(server, join(folder, 'temporal.db')), {
        stdio: 'ignore',
      });
      const exited = new Promise<void>((resolve) => program.once('exit', () => resolve()));
      const end = async (signal: NodeJS.Signals) => {
        program.kill(signal);
        await exited;
      };
      running.push(() => end('SIGKILL'));
      await untilServing({ connection, namespace: 'default' }, AbortSignal.timeout(60_000));
      return { kill: () => end('SIGKILL'), stop: () => end('SIGTERM') };
    },

    async worker(module = '../../worker.ts') {
      const part = await start(module, [], {});
      await part.ready;
      return part;
    },

    async gateway(module = '../../api/server.ts') {
      const gatewayPort = await freePort();
      const env = { PORT: String(gatewayPort), CALL_FILE: callFile, ID_SECRET: idSecret };
      const part = await start(module, [], env);
      await part.ready;
      return { ...part, url: `http://127.0.0.1:${gatewayPort}` };
    },

    async close() {
      await parts.stop();
      for (const end of running) await end();
      await connection.close();
      await rm(folder, { recursive: true });
    },
  };
}
