import { LRUCache } from 'lru-cache';
import type { StatusDocument } from '../../contract/http/status.ts';
import type { SubmissionId } from '../../contract/submission-id.ts';
import { type Deadline, within } from '../../process/deadline.ts';
import { createSettledCopies } from './settled-copies.ts';
import { standingStatus } from './standing-status.ts';
import type { StatusOrigin } from './status-origin.ts';
import { type Reading, readFrom, type StatusSource } from './status-source.ts';

export type StatusReader = ReturnType<typeof createStatusReader>;

/** `since`: when its reading began. `at`: when it was kept. */
type Entry = { since: number; at: number; status: StatusDocument };

type Flight = { since: number; deadline: Deadline; reading: Promise<Reading> };

/** Milliseconds from the start of a reading. */
export const freshness = 1_000;

/** Milliseconds after which a copy is renewed while it is still handed out: those who poll a submission together don't wait. */
export const renewal = 950;

/**
 * Milliseconds. A copy is handed out as long as this while a renewal is under way that began in time. Less than the shortest
 * Retry-After: no poller sees a stage go back.
 */
export const longestAge = 1_250;

// About 10 MB.
const cachedDocuments = 20_000;

// About 2 MB.
const rememberedErasures = 20_000;

type Erasures = { count(): Promise<number> };

/** Shares readings among callers: the load on Temporal depends on the submissions read, not on the number of pollers. */
export function createStatusReader(
  source: StatusSource,
  erasures: Erasures,
  now: () => number = () => performance.now(),
  told: (origin: StatusOrigin, age: number | undefined) => void = () => undefined,
) {
  const settled = createSettledCopies(() => erasures.count(), { freshness, renewal, now });
  const cache = new LRUCache<SubmissionId, Entry>({ max: cachedDocuments });
  const flights = new Map<SubmissionId, Flight>();
  /** An erasure is for ever: no reading that began before it brings anything back. */
  const erased = new LRUCache<SubmissionId, true>({ max: rememberedErasures });

  const isFresh = ({ since }: { since: number }) => now() - since < freshness;

  /** A copy that is young enough. It is renewed ahead. */
  function fresh(id: SubmissionId, deadline: Deadline): StatusDocument | undefined {
    const copy = settled.get(id);
    if (copy !== undefined) {
      // It never changes.
      told('copy', 0);
      return copy;
    }
    const cached = cache.get(id);
    if (cached === undefined) return undefined;
    const age = now() - cached.since;
    if (age < freshness) {
      if (age >= renewal && !flights.has(id)) startFlight(id, deadline);
      told('copy', age);
      return cached.status;
    }
    const renewing = flights.get(id);
    const isInTime = renewing !== undefined && renewing.since - cached.since < freshness;
    if (!isInTime || age >= longestAge) return undefined;
    told('copy', age);
    return cached.status;
  }

  async function read(id: SubmissionId, deadline: Deadline): Promise<Reading> {
    if (erased.has(id)) return tell({ kind: 'erased' }, now());
    const copy = fresh(id, deadline);
    if (copy) return { kind: 'found', status: copy };

    // An old reading in flight may be older than what the client saw elsewhere.
    const known = flights.get(id);
    const flight = known && isFresh(known) ? known : startFlight(id, deadline);
    const result = await within(deadline, flight.reading);
    if (result.isLate)
      return tell({ kind: 'no-answer', cause: new Error("another request's reading took too long") }, flight.since);
    // The request that started the reading had less time than this one.
    const isShort = result.value.kind === 'no-answer' && flight.deadline.left() === 0 && deadline.left() > 0;
    return isShort ? read(id, deadline) : tell(result.value, flight.since);
  }

  function tell(reading: Reading, since: number): Reading {
    if (reading.kind === 'found') told(reading.from ?? 'record', now() - since);
    else told(reading.kind, undefined);
    return reading;
  }

  function startFlight(id: SubmissionId, deadline: Deadline): Flight {
    const flight: Flight = { since: now(), deadline, reading: readSource() };
    flights.set(id, flight);
    return flight;

    async function readSource(): Promise<Reading> {
      const keep = settled.begin();
      try {
        const reading = await readFrom(source, id, deadline);
        if (reading.kind === 'erased') forget(id);
        if (erased.has(id)) return { kind: 'erased' };
        if (reading.kind !== 'found') return reading;
        if (reading.isFinal) keep(id, reading.status);
        remember(id, reading.status, flight.since);
        // What was learnt meanwhile stands.
        const status = cache.get(id)?.status ?? reading.status;
        return reading.from === undefined ? { kind: 'found', status } : { kind: 'found', status, from: reading.from };
      } finally {
        if (flights.get(id) === flight) flights.delete(id);
      }
    }
  }

  /**
   * Keeps what was read, or what a command has brought about. Of two that overlapped in time, neither is known to be the newer
   * one: what stands by their contents is kept.
   */
  function remember(id: SubmissionId, status: StatusDocument, since: number): void {
    if (erased.has(id)) return;
    const known = cache.get(id);
    const stands = known !== undefined && known.at > since ? standingStatus(known.status, status) : status;
    cache.set(id, { since: Math.max(since, known?.since ?? 0), at: now(), status: stands });
  }

  /** Of a submission that is erased. */
  function forget(id: SubmissionId): void {
    erased.set(id, true);
    drop(id);
  }

  /** What is known of a submission is out of date. */
  function drop(id: SubmissionId): void {
    cache.delete(id);
    settled.forget(id);
    flights.delete(id);
  }

  /** Whether it was read here lately: asking for it is no guess. */
  const knows = (id: SubmissionId): boolean => cache.has(id) || settled.has(id);

  return { fresh, read, remember, forget, drop, knows, now };
}
