/** Clients that do what each answer says, and no sooner. */
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { type Answer, headerOf } from '../measure/http-client.ts';
import type { Send } from './connections.ts';

/** Milliseconds before a request whose connection broke is repeated. */
const pauseAfterBreak = 1_000;

/** Seconds; the service's own limit. */
const longestWait = 25;

/** Milliseconds, and how often each status came (0 for a broken connection). */
export type Tally = { latencies: number[]; statuses: Record<string, number> };

export type Tallies = Record<'submit' | 'poll' | 'wait', Tally>;

export function createTallies(): Tallies {
  return { submit: emptyTally(), poll: emptyTally(), wait: emptyTally() };
}

/** `client`: a number, which becomes its address behind a trusted proxy. `until`: in milliseconds, as of `Date.now()`. */
type Client = {
  send: Send;
  tallies: Tallies;
  client: number;
  until: number;
  /** Milliseconds between two polls of one that doesn't read Retry-After. */
  pace?: number;
  clock?: { now: () => number; pause: (milliseconds: number) => Promise<unknown> };
};

const realClock = { now: Date.now, pause: delay };

export function createPoliteClient({ send, tallies, client, until, pace, clock = realClock }: Client) {
  const from = `X-Forwarded-For: ${addressOf(client)}\r\n`;

  return {
    /** Sends a talk until it is received. @returns the last answer; `undefined` without one in time */
    async submit(url: string, content: string): Promise<Answer | undefined> {
      const headers = `${from}Idempotency-Key: ${randomUUID()}\r\n`;
      for (;;) {
        const answer = await counted(tallies.submit, () => send(url, { method: 'POST', headers, content }));
        if (answer && !mayRetry(answer)) return answer;
        if (!(await pausedFor(answer))) return undefined;
      }
    },

    /** @param last the answer that names the first poll; without one, it is now */
    async poll(location: string, last?: Answer): Promise<void> {
      if (last && !(await pausedFor(last))) return;
      for (;;) {
        const answer = await counted(tallies.poll, () => send(location, { headers: from }));
        if (isOver(answer) || !(await pausedFor(answer))) return;
      }
    },

    /** Reads the status, and then asks to be told of the next change, again and again. */
    async wait(location: string): Promise<void> {
      let answer = await counted(tallies.poll, () => send(location, { headers: from }));
      while (!isOver(answer) && (await pausedFor(answer))) {
        const known = answer && headerOf(answer, 'ETag');
        const headers = `${from}Prefer: wait=${longestWait}\r\n${known ? `If-None-Match: ${known}\r\n` : ''}`;
        answer = await counted(tallies.wait, () => send(location, { headers }), timeOfHeld);
      }
    },
  };

  /** @returns whether it is time for the next request; `false` if that would be after the end */
  async function pausedFor(answer: Answer | undefined): Promise<boolean> {
    const pause = pace ?? (answer ? Number(headerOf(answer, 'Retry-After') ?? 1) * 1_000 : pauseAfterBreak);
    if (clock.now() + pause >= until) return false;
    await clock.pause(pause);
    return true;
  }
}

async function counted(
  { latencies, statuses }: Tally,
  ask: () => Promise<Answer>,
  timeOf: (answer: Answer, elapsed: number) => number | undefined = (_, elapsed) => elapsed,
): Promise<Answer | undefined> {
  const began = performance.now();
  const answer = await ask().catch(() => undefined);
  const status = answer?.status ?? 0;
  statuses[status] = (statuses[status] ?? 0) + 1;
  const time = answer && timeOf(answer, performance.now() - began);
  if (time !== undefined) latencies.push(time);
  return answer;
}

/** By how much a held answer was late. One with news was held for a time that only the service knows. */
function timeOfHeld(answer: Answer, elapsed: number): number | undefined {
  if (headerOf(answer, 'Preference-Applied') === undefined) return elapsed;
  return answer.status === 304 ? Math.max(0, elapsed - longestWait * 1_000) : undefined;
}

const mayRetry = ({ status }: Answer): boolean => status === 503 || status === 429;

const isOver = (answer: Answer | undefined): boolean =>
  answer !== undefined && answer.status !== 202 && answer.status !== 304 && !mayRetry(answer);

/** In 10.0.0.0/8. */
function addressOf(client: number): string {
  return `10.${(client >> 16) & 255}.${(client >> 8) & 255}.${client & 255}`;
}

/** Answers with such a status. */
export function sum(tallies: Tallies, isCounted: (status: number) => boolean): number {
  return Object.values(tallies)
    .flatMap(({ statuses }) => Object.entries(statuses))
    .filter(([status]) => isCounted(Number(status)))
    .reduce((all, [, count]) => all + count, 0);
}

function emptyTally(): Tally {
  return { latencies: [], statuses: {} };
}
