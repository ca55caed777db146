import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createParts } from '../../dev/parts.ts';
import { freePort } from '../../dev/ports.ts';
import { startPostgres } from '../../dev/programs/postgres.ts';
import { createHttpClient, type HttpClient } from '../measure/http-client.ts';
import { installPeers, versionOf } from './install-peers.ts';
import { type Peer, type PeerApi, post, talkWith, untilAccepted } from './peer.ts';

/**
 * PostgreSQL as it is shipped, which flushes its log, and an application with API and workflows.
 *
 * @param programs folder of PostgreSQL's programs
 */
export async function startDbos(programs: string, stopping: AbortSignal): Promise<Peer> {
  await installPeers(stopping);
  const folder = await mkdtemp(join(tmpdir(), `call-for-speakers-dbos-${process.pid}-`));
  const postgres = await startPostgres(programs, { isDurable: true });
  const port = await freePort();
  const parts = createParts();
  const app = await parts.start({
    name: 'DBOS application',
    module: new URL('apps/dbos.ts', import.meta.url),
    env: { ...process.env, NODE_ENV: 'production', DATABASE_URL: postgres.url, PORT: String(port) },
    logFile: join(folder, 'app.log'),
  });

  const http = createHttpClient(`http://127.0.0.1:${port}`);
  const api = dbosApi(http);
  const ready = async () => {
    await app.ready;
    await untilAccepted(api.execute, stopping);
  };
  await Promise.race([ready(), app.died]);

  return {
    name: 'DBOS on PostgreSQL',
    version: await versionOf('@dbos-inc/dbos-sdk'),
    processes: { application: [app.pid], database: [postgres.pid] },
    http,
    ...api,

    async stop() {
      http.close();
      await parts.stop();
      await postgres.stop();
      await rm(folder, { recursive: true });
    },
  };
}

function dbosApi(http: HttpClient): PeerApi {
  return {
    async submit(wait) {
      const { body } = await post(http, '/submissions', talkWith(wait));
      const { id }: { id: string } = JSON.parse(body);
      return id;
    },

    execute: () => post(http, '/executions'),

    statusPath: (id) => `/submissions/${id}`,
  };
}
