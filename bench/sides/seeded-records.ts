import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { loadCall } from '../../api/call-file.ts';
import { submissionSchemaFor } from '../../contract/submission.ts';
import { startPostgres } from '../../dev/programs/postgres.ts';
import type { Context } from '../measure/part.ts';
import { createBenchStack } from './bench-stack.ts';
import { seed } from './seed.ts';

const file = fileURLToPath(new URL('../../examples/call.yaml', import.meta.url));

type Seeded = Pick<Awaited<ReturnType<typeof createBenchStack>>, 'startBareRoute'> & {
  database: string;
  gateway: Awaited<ReturnType<Awaited<ReturnType<typeof createBenchStack>>['startGateway']>>;
};

/** Runs an action on each database in turn, with records of ended submissions, a gateway, no Temporal and no worker. */
export async function onEachDatabase(
  { postgres, stopping }: Context,
  records: number,
  act: (seeded: Seeded) => Promise<void>,
): Promise<void> {
  await on('the embedded database', '');
  if (postgres === undefined) return;
  const server = await startPostgres(postgres);
  try {
    await on('PostgreSQL', server.url);
  } finally {
    await server.stop();
  }

  async function on(database: string, url: string): Promise<void> {
    const call = await loadCall(file);
    const stack = await createBenchStack('', stopping, url);
    try {
      await seed(stack.database, records, submissionSchemaFor(call).parse(JSON.parse(stack.talk)), call);
      const gateway = await stack.startGateway(parse(await readFile(file, 'utf8')));
      await act({ database, gateway, startBareRoute: stack.startBareRoute });
    } finally {
      await stack.stop();
    }
  }
}
