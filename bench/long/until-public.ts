import { statusDocumentSchema } from '../../contract/http/status.ts';
import { until } from './scenario.ts';

/** Milliseconds after the last record. */
const patience = 120_000;

/** Readers at a time. */
const readers = 16;

/** Reads statuses until each has an outcome. @returns how many don't in time */
export async function readUntilOver(locations: readonly string[], stopping: AbortSignal): Promise<number> {
  let open = [...locations];
  await until(
    async () => {
      open = await stillOpen(open);
      return open.length === 0;
    },
    { stopping, within: patience },
  );
  return open.length;
}

/** Reads each status once. @returns those without an outcome */
export async function stillOpen(locations: readonly string[]): Promise<string[]> {
  const open: string[] = [];
  let next = 0;
  await Promise.all(
    Array.from({ length: readers }, async () => {
      while (next < locations.length) {
        const location = locations[next] ?? '';
        next += 1;
        const response = await fetch(location);
        const document = statusDocumentSchema.safeParse(await response.json());
        if (response.status !== 200 || document.data?.result?.outcome === undefined) open.push(location);
      }
    }),
  );
  return open;
}
