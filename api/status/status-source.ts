import type { StatusDocument } from '../../contract/http/status.ts';
import type { SubmissionId } from '../../contract/submission-id.ts';
import { type Deadline, within } from '../../process/deadline.ts';
import type { Admission } from '../limits/admission.ts';
import type { StatusOrigin } from './status-origin.ts';

/** `unknown`: this source has no such submission. `no-answer`: it may have. `retryAfter` is in seconds. */
export type Reading =
  /** `isFinal`: as it is on record, and as it stays until it is erased. `from`: by default the record. */
  | { kind: 'found'; status: StatusDocument; isFinal?: true; from?: StatusOrigin }
  | { kind: 'unknown' }
  | { kind: 'erased' }
  | { kind: 'no-answer'; cause: unknown; retryAfter?: number };

/** A source of statuses. To throw is the same as `no-answer`. */
export interface StatusSource {
  readonly name: string;
  read(id: SubmissionId, deadline: Deadline): Promise<Reading>;
}

export async function readFrom(source: StatusSource, id: SubmissionId, deadline: Deadline): Promise<Reading> {
  const time = deadline.left();
  try {
    const reading = await within(deadline, source.read(id, deadline));
    if (!reading.isLate) return reading.value;
    return { kind: 'no-answer', cause: new Error(`${source.name}: no answer in ${time} ms`) };
  } catch (cause) {
    return { kind: 'no-answer', cause };
  }
}

/**
 * Reads for some at a time, and for the others in order. Whoever can't be served in time learns at once when to come again: if
 * all were read for at once, none of them would be answered in time, and all would come again.
 */
export function inLine(admit: Admission, source: StatusSource): StatusSource {
  return {
    ...source,
    async read(id, deadline) {
      const admitted = await admit(deadline, () => readFrom(source, id, deadline));
      if (admitted.kind === 'admitted') return admitted.value;
      return {
        kind: 'no-answer',
        cause: new Error(`${source.name}: too many readings wait`),
        retryAfter: admitted.retryAfter,
      };
    },
  };
}

/** Limits concurrent readings; further ones get `no-answer`. */
export function atMost(limit: number, source: StatusSource): StatusSource {
  let underWay = 0;
  return {
    ...source,
    async read(id, deadline) {
      if (underWay >= limit)
        return { kind: 'no-answer', cause: new Error(`${source.name}: ${limit} readings are in progress`) };
      underWay += 1;
      try {
        return await source.read(id, deadline);
      } finally {
        underWay -= 1;
      }
    },
  };
}

/** Asks a source that had no answer again only after a pause; until then, there is none. */
export function pausing(milliseconds: number, source: StatusSource, now: () => number): StatusSource {
  let resumesAt = Number.NEGATIVE_INFINITY;
  return {
    ...source,
    async read(id, deadline) {
      if (now() < resumesAt) return { kind: 'no-answer', cause: new Error(`${source.name}: it had no answer before`) };
      const reading = await readFrom(source, id, deadline);
      if (reading.kind === 'no-answer') resumesAt = now() + milliseconds;
      return reading;
    },
  };
}
