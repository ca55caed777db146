import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestProject } from 'vitest/node';
import { findPostgres, startPostgres } from '../../dev/programs/postgres.ts';
import { findProgram, temporalCli, temporalTestServer } from '../../dev/programs/programs.ts';
import { readProgramsConfig } from '../../process/settings/programs-config.ts';
import { environment } from '../../process/settings/read-settings.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where files ask for what they share: see `shared.ts`. */
    shared: string;
    hasPostgres: boolean;
  }
}

/** Fetches and starts what files share when the first of them asks for it: most runs are of files that need none of it. */
export default async function setup({ provide }: TestProject) {
  const config = readProgramsConfig(environment());
  const report = (line: string) => process.stdout.write(`${line}\n`);
  const programs = await findPostgres(config.path);
  const stops: (() => Promise<void>)[] = [];

  const cli = onlyOnce(() => findProgram(temporalCli, config, report));
  const testServer = onlyOnce(() => findProgram(temporalTestServer, config, report));
  const postgres = onlyOnce(async () => {
    const { url, stop } = await startPostgres(programs ?? '');
    stops.push(stop);
    return url;
  });
  const namespaces = onlyOnce(async () => {
    // Of use to few runs, and slow to load.
    const { createNamespaces } = await import('./namespaces.ts');
    const namespaces = createNamespaces(await cli());
    stops.push(namespaces.stop);
    return namespaces;
  });
  const give: Record<string, () => Promise<string>> = {
    temporalCli: cli,
    temporalTestServer: testServer,
    postgres,
    namespace: async () => JSON.stringify(await (await namespaces()).next()),
  };

  const server = createServer(async (request, response) => {
    try {
      response.end(await give[request.url?.slice(1) ?? '']?.());
    } catch (error) {
      response.writeHead(500).end(String(error));
    }
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  provide('shared', `http://127.0.0.1:${portOf(server.address())}`);
  provide('hasPostgres', programs !== undefined);

  return async () => {
    server.closeAllConnections();
    server.close();
    for (const stop of stops) await stop();
  };
}

function onlyOnce<Value>(make: () => Promise<Value>): () => Promise<Value> {
  let made: Promise<Value> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

function portOf(address: AddressInfo | string | null): number {
  if (typeof address !== 'object' || !address) throw new Error('it listens on no port');
  return address.port;
}
