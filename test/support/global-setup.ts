import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestProject } from 'vitest/node';
import { environment, readProgramsConfig } from '../../config.ts';
import { findPostgres, startPostgres } from '../../dev/postgres.ts';
import { findProgram, temporalCli, temporalTestServer } from '../../dev/programs.ts';

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
  if (!programs) report('PostgreSQL is not installed: what is about the database is tested on the embedded one alone.');

  let postgres: ReturnType<typeof startPostgres> | undefined;
  const make: Record<string, () => Promise<string>> = {
    temporalCli: () => findProgram(temporalCli, config, report),
    temporalTestServer: () => findProgram(temporalTestServer, config, report),
    postgres: async () => {
      postgres = startPostgres(programs ?? '');
      return (await postgres).url;
    },
  };
  const made = new Map<string, Promise<string>>();

  const server = createServer(async (request, response) => {
    const name = request.url?.slice(1) ?? '';
    const making = made.get(name) ?? make[name]?.() ?? Promise.reject(new Error(`nobody makes ${name}`));
    made.set(name, making);
    await making.then(
      (value) => response.end(value),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  provide('shared', `http://127.0.0.1:${portOf(server.address())}`);
  provide('hasPostgres', programs !== undefined);

  return async () => {
    server.closeAllConnections();
    server.close();
    await (await postgres)?.stop();
  };
}

function portOf(address: AddressInfo | string | null): number {
  if (typeof address !== 'object' || !address) throw new Error('it listens on no port');
  return address.port;
}
