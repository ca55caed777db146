import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findOrInstallPostgres } from '../cluster/cluster-programs.ts';
import { startDatabase, urlOf } from '../cluster/database-server.ts';
import { createParts, type Part } from '../parts.ts';
import { freePort } from '../ports.ts';

/** A PostgreSQL that keeps its data when it is killed, for the records of a drill. */
export async function startDrillDatabase(say: (line: string) => void) {
  const programs = await findOrInstallPostgres(process.env.PATH ?? '', say);
  const outer = await mkdtemp(join(tmpdir(), `call-for-speakers-records-${process.pid}-`));
  const [folder, port, parts] = [join(outer, 'data'), await freePort(), createParts()];
  let running: Part | undefined;

  async function start(): Promise<void> {
    await running?.stop();
    running = await startDatabase(parts, { name: 'records', programs, folder, port, logFile: join(outer, 'log') });
  }

  await start();
  return {
    url: urlOf(port, 'postgres'),
    restart: start,
    kill: async () => running?.kill(),
    async close(): Promise<void> {
      await parts.stop();
      await rm(outer, { recursive: true });
    },
  };
}
