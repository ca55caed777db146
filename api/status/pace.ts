import type { StatusDocument } from '../../contract/http/status.ts';
import type { PublicStage } from '../../contract/stages.ts';

/** Seconds to the next poll; soon, if the answer was held, since the poller has waited its time. */
export type Pace = (document: StatusDocument, options?: { wasHeld: boolean }) => number;

/** Seconds; it outlives any cached copy of a status, so that a poller which keeps the pace sees no stage go back. */
export const shortestPace = 2;

/** Seconds to the next poll of what hasn't changed for long. */
const longestPace = {
  received: 30,
  moderation: 60,
  shortlisting: 300,
  selection: 300,
  'under-review': 300,
} satisfies Record<PublicStage, number>;

/** A poller waits this share of the time that nothing has changed in: it learns late by so much, at the most. */
const patience = 0.05;

/** Polls that a gateway asks for in one second: what it answers without effort beside its submits. */
const pollsPerSecond = 100;

/**
 * How long a poller is asked to wait (contract H8): longer where nothing has happened for long, spread out, and moved to
 * a later second when so many are expected in this one already. So pollers that started together don't stay together, and
 * more of them make each one slower, not the gateway. It depends on public facts alone (H19).
 *
 * @param announcement when the outcomes are announced: nobody is asked to come later than that
 */
export function createPace({
  announcement,
  now = Date.now,
  random = Math.random,
}: {
  announcement?: string | undefined;
  now?: () => number;
  random?: () => number;
}): Pace {
  const announcedAt = announcement === undefined ? Number.POSITIVE_INFINITY : Date.parse(announcement);
  const expected = createCalendar();

  return ({ stage, lastUpdatedAt }, { wasHeld } = { wasHeld: false }) => {
    const quietSince = Math.max(Date.parse(lastUpdatedAt), announcedAt <= now() ? announcedAt : 0);
    const quiet = wasHeld ? 0 : (now() - quietSince) / 1_000;
    const least = Math.min(Math.max(shortestPace, Math.round(quiet * patience)), longestPace[stage]);
    const wished = least + Math.floor(random() * (least / 2 + 1));
    const second = Math.floor(now() / 1_000);
    const free = expected.firstFree(second + wished, second + longestPace['under-review']) - second;
    const left = Math.floor((announcedAt - now()) / 1_000);
    // Less than the shortest pace before the announcement, it is the shortest pace: a copy elsewhere may be as old.
    const seconds = left < 0 ? free : Math.max(shortestPace, Math.min(free, left));
    expected.add(second + seconds, second);
    return seconds;
  };
}

/** How many polls are expected in each second to come. */
function createCalendar() {
  const polls = new Map<number, number>();
  let cleared = 0;

  return {
    firstFree(second: number, last: number): number {
      for (let at = second; at < last; at += 1) if ((polls.get(at) ?? 0) < pollsPerSecond) return at;
      return Math.max(second, last);
    },

    add(second: number, today: number): void {
      polls.set(second, (polls.get(second) ?? 0) + 1);
      if (today === cleared) return;
      cleared = today;
      for (const past of polls.keys()) if (past < today) polls.delete(past);
    },
  };
}
