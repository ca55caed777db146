import type { StatusDocument } from '../contract/http/status.ts';
import type { SubmissionId } from '../contract/submission-id.ts';
import { within } from '../process/within.ts';

/**
 * `unknown` is knowledge: where this source looks, there is no such submission. `erased`: there was one. `no-answer` says
 * nothing of it.
 */
export type Reading =
  | { kind: 'found'; status: StatusDocument }
  | { kind: 'unknown' }
  | { kind: 'erased' }
  | { kind: 'no-answer'; cause: unknown };

/** One place that a status can be read from. Failing is the same as having no answer. */
export interface StatusSource {
  readonly name: string;
  /** Milliseconds that this source may take at most, where there is another one to leave time for. */
  readonly patience?: number;
  /** @param patience milliseconds until nobody waits for the answer any more */
  read(id: SubmissionId, patience: number): Promise<Reading>;
}

/** Reads from a source that may fail, or never answer. */
export async function readFrom(source: StatusSource, id: SubmissionId, patience: number): Promise<Reading> {
  try {
    const reading = await within(patience, source.read(id, patience));
    if (!reading.isLate) return reading.value;
    return { kind: 'no-answer', cause: new Error(`${source.name}: no answer in ${Math.round(patience)} ms`) };
  } catch (cause) {
    return { kind: 'no-answer', cause };
  }
}

/** Several ways to the same place: the first one that answers at all is believed. */
export function firstAnswer(name: string, sources: readonly StatusSource[]): StatusSource {
  return {
    name,
    async read(id, patience) {
      const causes: unknown[] = [];
      const giveUpAt = performance.now() + patience;
      for (const source of sources) {
        const left = giveUpAt - performance.now();
        const reading = await readFrom(source, id, Math.min(source.patience ?? left, left));
        if (reading.kind !== 'no-answer') return reading;
        causes.push(reading.cause);
      }
      return { kind: 'no-answer', cause: new AggregateError(causes, `${name}: no answer for ${id}`) };
    },
  };
}

/** The source, with no more than so many readings under way: past that it has no answer. */
export function atMost(limit: number, source: StatusSource): StatusSource {
  let underWay = 0;
  return {
    ...source,
    async read(id, patience) {
      if (underWay >= limit) return { kind: 'no-answer', cause: new Error(`${source.name}: ${limit} are under way`) };
      underWay += 1;
      try {
        return await source.read(id, patience);
      } finally {
        underWay -= 1;
      }
    },
  };
}
