import { createOrganiser } from '../../client/index.ts';
import { panelAtWork } from '../../contract/record.ts';
import type { SubmissionState } from '../../contract/state.ts';
import { openDatabase } from '../../store/database.ts';

type Committee = {
  url: string;
  organiserToken: string;
  database: string;
  /** Milliseconds until the last of them decides. */
  duration: number;
};

/** Milliseconds between two looks at what has come. */
const every = 1_000;

/** Times that all decided talks are announced. */
const announcements = 6;

/** Reviews what comes before the panel, decides on it, and announces from time to time, until it is stopped. */
export function sitCommittee({ url, organiserToken, database, duration }: Committee) {
  const organiser = createOrganiser(url, organiserToken);
  const db = openDatabase(database, () => undefined);
  const known = new Set<string>();
  const timers: NodeJS.Timeout[] = [];
  const under: Promise<unknown>[] = [];
  const failures: unknown[] = [];
  const watch = setInterval(() => act(look), every);
  for (let at = 1; at <= announcements; at += 1)
    after((duration * at) / announcements - duration / 20, () => organiser.announce({ filter: {} }));

  return {
    /** @returns what has failed */
    async stop(): Promise<unknown[]> {
      clearInterval(watch);
      for (const timer of timers) clearTimeout(timer);
      await Promise.all(under);
      await db.destroy();
      return failures;
    },
  };

  async function look(): Promise<void> {
    const rows = await db.selectFrom('submissions').select(['id', 'state']).where('awaits', '=', 'selection').execute();
    for (const { id, state } of rows) {
      if (known.has(id) || !isBeforePanel(JSON.parse(state))) continue;
      known.add(id);
      const number = known.size;
      // A review is in the third of the time after its receipt, the decision in the third after that.
      const [review, decision] = [share(number, 7), share(number, 11)].map((part) => (part * duration) / 3);
      after(review ?? 0, () => organiser.review(id, { scores: { substance: 4 } }));
      after((review ?? 0) + (decision ?? 0) + every, () => organiser.decide(id, verdictOf(number)));
    }
  }

  function after(milliseconds: number, work: () => Promise<unknown>): void {
    timers.push(setTimeout(() => act(work), milliseconds));
  }

  function act(work: () => Promise<unknown>): void {
    under.push(work().catch((error: unknown) => failures.push(error)));
  }
}

const isBeforePanel = (state: SubmissionState): boolean => panelAtWork(state) !== undefined;

const verdictOf = (number: number) =>
  number % 4 === 0
    ? ({ stage: 'selection', outcome: 'rejected' } as const)
    : ({ stage: 'selection', outcome: 'passed' } as const);

/** From 0 to 1, spread evenly. */
const share = (number: number, step: number): number => ((number * step) % 60) / 60;
