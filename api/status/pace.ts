import type { StatusDocument } from '../../contract/http/status.ts';
import type { PublicStage } from '../../contract/stages.ts';

export type Pace = (document: StatusDocument, options?: { wasHeld: boolean }) => number;

/** Seconds. Longer than a cached copy lives: a poller that follows Retry-After never sees a stage go back. */
export const shortestPace = 2;

const longestPace = {
  received: 30,
  moderation: 60,
  shortlisting: 300,
  selection: 300,
  'under-review': 300,
} satisfies Record<PublicStage, number>;

/** Share of the time since the last change: a poller learns of a change at most this much late. */
const quietShare = 0.05;

const pollsPerSecond = 100;

/** Seconds over which a rush is spread. */
const longest = longestPace['under-review'];

/**
 * Seconds to the next poll (contract H8): longer after a quiet time, moved to a second with few polls. It depends on public
 * facts alone (contract H19).
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
    const least = Math.min(Math.max(shortestPace, Math.round(quiet * quietShare)), longestPace[stage]);
    const wished = least + Math.floor(random() * (least / 2 + 1));
    const second = Math.floor(now() / 1_000);
    expected.turnTo(second);
    const booked = expected.firstFree(second + wished, second + longest);
    // More than there is room for: they spread evenly over that time, or all of them would come back together.
    const free = booked === undefined ? wished + Math.floor(random() * (longest - wished)) : booked - second;
    const left = Math.floor((announcedAt - now()) / 1_000);
    // A copy elsewhere may be as old as the shortest pace.
    const seconds = left < 0 ? free : Math.max(shortestPace, Math.min(free, left));
    expected.add(second + seconds);
    return seconds;
  };
}

/** Seconds that can be booked: more than the longest pace and its half. */
const horizon = 512;

function createCalendar() {
  const polls = new Uint32Array(horizon);
  let today = 0;
  /** Seconds in a row that are full, found last: a rush books minutes, and each of its polls would look through them. */
  let full = { from: 0, until: 0 };

  const bookedFor = (second: number): number => polls[second % horizon] ?? 0;

  return {
    /** @returns `undefined` if all seconds before the last one are full */
    firstFree(second: number, last: number): number | undefined {
      const isWithin = (at: number) => at >= full.from && at < full.until;
      let at = second;
      while (at < last && bookedFor(at) >= pollsPerSecond) at = isWithin(at) ? full.until : at + 1;
      if (at > second) full = { from: isWithin(second) ? full.from : second, until: at };
      return second >= last || at < last ? at : undefined;
    },

    add(second: number): void {
      polls[second % horizon] = bookedFor(second) + 1;
    },

    /** Clears what is past. */
    turnTo(second: number): void {
      for (let at = Math.max(today, second - horizon); at < second; at += 1) polls[at % horizon] = 0;
      today = second;
    },
  };
}
