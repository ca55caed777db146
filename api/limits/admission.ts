import type { Deadline } from '../../process/deadline.ts';

/** `busy`: nothing was started. `retryAfter` is in seconds. */
export type Admitted<Value> = { kind: 'admitted'; value: Value } | { kind: 'busy'; retryAfter: number };

export type Admission = ReturnType<typeof createAdmission>;

/**
 * Calls under way at Temporal at a time. Starts compete with the work of the workers: beside one that works, 32 got 113 submits
 * through in a second, 16 got 87, and a client alone with 32 starts 126 (`npm run bench -- submits`). Without a worker, 16 and
 * 32 are alike, and a burst of 1,000 takes as long.
 */
export const atATime = 32;

/**
 * Milliseconds that a call takes. `atFirst`: before one was seen. `slowest`: by which places are given at most, since the first
 * calls of a rush take longer than the rest.
 */
type Usual = { atFirst: number; slowest: number };

const usualStart: Usual = { atFirst: 100, slowest: Number.POSITIVE_INFINITY };

/** Weight of the latest call in the usual time. */
const weight = 0.1;

/** A call is sent with this many times the usual time left: of a start that runs out of time, nobody knows whether it was made. */
const margin = 2;

/** Share of the pace that is promised to those who come again; the rest is for those who come first. */
const promised = 0.8;

/** Seconds. */
const longestRetry = 60;

type Waiting = { deadline: Deadline; turn: (isAdmitted: boolean) => void };

/**
 * Lets calls through in the order in which they came, some at a time. Whoever can't be served in time, by the pace of the
 * latest calls, is told so at once, and to come again when there is room. Nobody waits beyond their time, since each call
 * ends by its own. Starts have one line, and readings of statuses another; withdrawals and decisions don't wait.
 */
export function createAdmission(countRefused: () => void = () => undefined, { atFirst, slowest } = usualStart) {
  const line: Waiting[] = [];
  let underWay = 0;
  let usual = atFirst;
  /** When all who were told to come again are served. */
  let bookedUntil = 0;

  const now = () => performance.now();
  const leastTime = () => margin * usual;

  return async <Value>(deadline: Deadline, call: () => Promise<Value>): Promise<Admitted<Value>> => {
    if (!(await hasTurn(deadline))) {
      countRefused();
      return { kind: 'busy', retryAfter: bookRetry() };
    }
    const began = now();
    try {
      return { kind: 'admitted', value: await call() };
    } finally {
      usual += weight * (now() - began - usual);
      underWay -= 1;
      callNext();
    }
  };

  function hasTurn(deadline: Deadline): boolean | Promise<boolean> {
    if (underWay < atATime) {
      underWay += 1;
      return true;
    }
    const untilTurn = Math.ceil((line.length + 1) / atATime) * usual;
    if (untilTurn + leastTime() >= deadline.left()) return false;
    return new Promise((turn) => line.push({ deadline, turn }));
  }

  function callNext(): void {
    while (underWay < atATime) {
      const next = line.shift();
      if (next === undefined) return;
      const isInTime = next.deadline.left() >= leastTime();
      if (isInTime) underWay += 1;
      next.turn(isInTime);
    }
  }

  /** Each is given a place behind those before, so that they come back at a pace that can be served. */
  function bookRetry(): number {
    const each = Math.min(usual, slowest) / atATime;
    const until = Math.max(bookedUntil, now() + line.length * each) + each / promised;
    const seconds = Math.ceil((until - now()) / 1_000);
    if (seconds > longestRetry) return Math.ceil((longestRetry * (1 + Math.random())) / 2);
    bookedUntil = until;
    return seconds;
  }
}
