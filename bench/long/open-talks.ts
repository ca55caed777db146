import { type Submitted, submit } from '../../client/index.ts';
import { untilAwaiting } from './awaiting.ts';

const callers = 32;

/** Milliseconds for a submit, with its retries. */
const timeout = 300_000;

type Talks = {
  url: string;
  talkOf: (index: number) => string;
  /** The number of the first. */
  from: number;
  count: number;
  stopping: AbortSignal;
};

/** Submits talks, as many at a time as there are callers. */
async function submitTalks({ url, talkOf, from, count, stopping }: Talks): Promise<Submitted[]> {
  const submitted: Submitted[] = [];
  let next = from;
  await Promise.all(
    Array.from({ length: callers }, async () => {
      while (next < from + count) {
        const at = next;
        next += 1;
        stopping.throwIfAborted();
        submitted.push(await submit(url, JSON.parse(talkOf(at)), { timeout }));
      }
    }),
  );
  return submitted;
}

/** Submits talks, and waits until so many in all wait for the same. */
export async function openTalks({
  database,
  awaits,
  inAll,
  ...talks
}: Talks & { database: string; awaits: string; inAll: number }): Promise<Submitted[]> {
  const submitted = await submitTalks(talks);
  const { stopping } = talks;
  const { count } = await untilAwaiting({ database, awaits, isEnough: (count) => count >= inAll, stopping });
  if (count < inAll) throw new Error(`only ${count} of ${inAll} wait for ${awaits}`);
  return submitted;
}
