/** Reads many statuses, in a process of its own. */
import { createHttpClient } from '../measure/http-client.ts';
import { idOf } from '../sides/seed.ts';
import { asProcess } from './as-process.ts';

export type Plan = { url: string; records: number; reads: number };

const readers = 32;

await asProcess<Plan>(async ({ url, records, reads }) => {
  const { send } = createHttpClient(url);
  let next = 0;
  await Promise.all(
    Array.from({ length: readers }, async () => {
      while (next < reads) {
        const at = next;
        next += 1;
        const { status } = await send('GET', `/api/submissions/${idOf(at % records)}`);
        if (status !== 200) throw new Error(`a status was answered with ${status}`);
      }
    }),
  );
  return {};
});
