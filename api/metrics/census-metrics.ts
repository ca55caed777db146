import { openStates } from '../../contract/mail/message.ts';
import { deadlineIn, within } from '../../process/deadline.ts';
import { lookTime } from '../../process/health/in-time.ts';
import { keptLook } from '../../process/health/kept-look.ts';
import { type Metrics, tell } from '../../process/metrics/metrics.ts';
import type { Census } from '../../store/census.ts';

/** Milliseconds: several who scrape cost the database as much as one. Each scrape of one finds new values. */
const keptFor = 10_000;

type Options = {
  takeCensus: () => Promise<Census>;
  /** When the call takes no more talks: its closing is what comes next. */
  closes: string;
  now?: () => number;
};

/** What the database knows of all submissions and messages. While it doesn't answer, nothing is told of them. */
export function addCensusMetrics({ gauge, lookAt }: Metrics, { takeCensus, closes, now = Date.now }: Options): void {
  const open = gauge('cfs_submissions', 'Open submissions', ['stage', 'awaits']);
  const longest = gauge('cfs_submission_seconds_in_stage_max', 'Longest time in a stage that is not decided', [
    'stage',
  ]);
  const failed = gauge('cfs_submissions_failed', 'Submissions that have failed');
  const messages = gauge('cfs_messages', 'Messages in states that they do not stay in', ['state']);
  const oldest = gauge('cfs_messages_oldest_seconds', 'Age of the oldest message in a state', ['state']);
  const undelivered = gauge(
    'cfs_answers_undelivered_before_closing',
    'Messages to speakers that would hold up the closing, from when the call takes no more talks; at most 1000',
  );
  const look = keptLook(
    async () => {
      const census = await within(deadlineIn(lookTime), takeCensus()).catch(() => undefined);
      return census?.isLate === false ? census.value : undefined;
    },
    undefined,
    keptFor,
  );
  const secondsSince = (instant: string) => Math.max(0, (now() - Date.parse(instant)) / 1_000);

  lookAt(async () => {
    const seen = await look();
    tell(open, seen?.open.map(({ stage, awaits, count }) => [{ stage, awaits }, count]) ?? []);
    tell(longest, longestIn(seen?.open ?? []));
    tell(failed, seen ? [[{}, seen.failed]] : []);
    const counts = new Map(seen?.messages.map(({ state, count }) => [state, count]));
    tell(messages, seen ? openStates.map((state) => [{ state }, counts.get(state) ?? 0]) : []);
    tell(oldest, seen?.messages.map((one) => [{ state: one.state }, secondsSince(one.oldest)]) ?? []);
    const isNear = Date.parse(closes) <= now();
    tell(undelivered, seen ? [[{}, isNear ? seen.undelivered : 0]] : []);
  });

  function longestIn(rows: Census['open']) {
    const first = new Map<string, string>();
    for (const { stage, since } of rows)
      if (since !== null && since < (first.get(stage) ?? '9')) first.set(stage, since);
    return [...first].map(([stage, since]) => [{ stage }, secondsSince(since)] as const);
  }
}
