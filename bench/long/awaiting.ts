import { type Database, openDatabase } from '../../store/database.ts';
import { until } from './scenario.ts';

/** Milliseconds between two looks at the records. */
const every = 2_000;

type Awaiting = {
  database: string;
  /** As in the records, like `announcement`. */
  awaits: string;
  isEnough: (count: number) => boolean;
  /** Milliseconds without any progress. */
  patience?: number;
  stopping: AbortSignal;
};

/** Waits until enough submissions, or few enough, wait for the same. @returns how many at last, after minutes of each look */
export async function untilAwaiting({ database, awaits, isEnough, patience = 300_000, stopping }: Awaiting) {
  const db = openDatabase(database, () => undefined);
  const began = performance.now();
  const points: [minutes: number, count: number][] = [];
  let [last, since] = [-1, began];
  try {
    await until(
      async () => {
        const found = await countAwaiting(db, awaits);
        if (found !== last) [last, since] = [found, performance.now()];
        points.push([(performance.now() - began) / 60_000, found]);
        return isEnough(found) || performance.now() - since > patience;
      },
      { stopping, within: Number.POSITIVE_INFINITY, every },
    );
    return { count: last, points };
  } finally {
    await db.destroy();
  }
}

async function countAwaiting(db: Database, awaits: string): Promise<number> {
  const { count } = await db
    .selectFrom('submissions')
    .select((select) => select.fn.countAll<number>().as('count'))
    .where('awaits', '=', awaits)
    .executeTakeFirstOrThrow();
  return count;
}
