import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Connection } from '@temporalio/client';
import { createParts } from '../../dev/parts.ts';
import { freePort } from '../../dev/ports.ts';
import { untilServing } from '../../dev/temporal-readiness.ts';
import { deletesAtOnce } from '../../dev/temporal-server.ts';
import { neededAttributes } from '../../temporal/namespace/search-attribute-types.ts';

const host = '127.0.0.1';

/** Namespaces of one server: each costs its start nothing, and later ones would not be known everywhere at once. */
const perServer = 50;

/** Namespaces on a Temporal development server that test files share; when all are given away there is another server. */
export function createNamespaces(program: string) {
  const parts = createParts();
  const folders: string[] = [];
  const free: { address: string; namespace: string }[] = [];
  let refilling: Promise<void> | undefined;

  async function refill(): Promise<void> {
    const folder = await mkdtemp(join(tmpdir(), 'call-for-speakers-temporal-'));
    folders.push(folder);
    const port = await freePort();
    const names = Array.from({ length: perServer }, (_, index) => `test-${index + 1}`);
    const attributes = neededAttributes.map(({ name, type }) => `${name}=${type}`);
    const part = await parts.start({
      name: 'temporal',
      module: new URL('../../dev/guard.mjs', import.meta.url),
      args: [
        ...[program, 'server', 'start-dev', '--headless', '--log-level', 'never', '--ip', host, '--port', String(port)],
        ...names.flatMap((name) => ['--namespace', name]),
        ...attributes.flatMap((attribute) => ['--search-attribute', attribute]),
        ...deletesAtOnce,
      ],
      env: process.env,
      logFile: join(folder, 'temporal.log'),
    });
    const address = `${host}:${port}`;
    const connection = Connection.lazy({ address });
    const server = { connection, namespace: names.at(-1) ?? '' };
    await Promise.race([untilServing(server, new AbortController().signal), part.died]);
    await connection.close();
    free.push(...names.map((namespace) => ({ address, namespace })));
  }

  return {
    /** One that nobody has had. */
    async next() {
      for (;;) {
        const one = free.shift();
        if (one) return one;
        refilling ??= refill().finally(() => {
          refilling = undefined;
        });
        await refilling;
      }
    },

    async stop() {
      await parts.stop();
      for (const folder of folders) await rm(folder, { recursive: true });
    },
  };
}
