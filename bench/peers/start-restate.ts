import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createParts } from '../../dev/parts.ts';
import { freePort } from '../../dev/ports.ts';
import { createHttpClient, type HttpClient } from '../measure/http-client.ts';
import { installPeers, versionOf } from './install-peers.ts';
import { type Peer, type PeerApi, post, talkWith, untilAccepted } from './peer.ts';

const host = '127.0.0.1';

/** Of the package for this platform: its wrapper in JavaScript would be one process more. */
const program = `node_modules/@restatedev/restate-server-${process.platform}-${process.arch}/bin/restate-server`;

/** A server as it is shipped, which flushes its journal, and a worker with the workflow. */
export async function startRestate(stopping: AbortSignal): Promise<Peer> {
  await installPeers(stopping);
  const folder = await mkdtemp(join(tmpdir(), `call-for-speakers-restate-${process.pid}-`));
  const address = async () => `${host}:${await freePort()}`;
  const [ingress, admin, fabric, workerPort] = [await address(), await address(), await address(), await freePort()];
  const parts = createParts();
  const server = await parts.start({
    name: 'Restate server',
    module: new URL('../../dev/guard.mjs', import.meta.url),
    args: [fileURLToPath(new URL(program, import.meta.url)), `--base-dir=${folder}/data`, '--listen-mode=tcp'],
    env: {
      ...process.env,
      RESTATE_DISABLE_TELEMETRY: 'true',
      RESTATE_BIND_ADDRESS: fabric,
      RESTATE_ADMIN__BIND_ADDRESS: admin,
      RESTATE_INGRESS__BIND_ADDRESS: ingress,
    },
    logFile: join(folder, 'server.log'),
  });
  const worker = await parts.start({
    name: 'Restate worker',
    module: new URL('apps/restate.ts', import.meta.url),
    env: { ...process.env, NODE_ENV: 'production', PORT: String(workerPort) },
    logFile: join(folder, 'worker.log'),
  });

  const [http, administration] = [createHttpClient(`http://${ingress}`), createHttpClient(`http://${admin}`)];
  const api = restateApi(http);
  const ready = async () => {
    await worker.ready;
    const deployment = { uri: `http://${host}:${workerPort}` };
    await untilAccepted(() => post(administration, '/deployments', deployment), stopping);
    administration.close();
    await untilAccepted(api.execute, stopping);
  };
  await Promise.race([ready(), server.died, worker.died]);

  return {
    name: 'Restate',
    version: await versionOf('@restatedev/restate-server'),
    processes: { server: [server.pid], worker: [worker.pid] },
    http,
    ...api,

    async stop() {
      http.close();
      await parts.stop();
      await rm(folder, { recursive: true });
    },
  };
}

/** The handlers of the workflow, reached through the server. */
function restateApi(http: HttpClient): PeerApi {
  const path = (id: string, handler: string) => `/submission/${id}/${handler}`;
  return {
    async submit(wait) {
      const id = randomUUID();
      await post(http, path(id, 'run/send'), talkWith(wait));
      return id;
    },

    execute: () => post(http, path(randomUUID(), 'run')),

    statusPath: (id) => path(id, 'status'),
  };
}
