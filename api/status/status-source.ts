import type { StatusDocument } from '../../contract/http/status.ts';
import type { SubmissionId } from '../../contract/submission-id.ts';
import { type Deadline, within } from '../../process/deadline.ts';

/** `unknown`: this source has no such submission. `no-answer`: it may have. */
export type Reading =
  | { kind: 'found'; status: StatusDocument }
  | { kind: 'unknown' }
  | { kind: 'erased' }
  | { kind: 'no-answer'; cause: unknown };

/** A source of statuses. To throw is the same as `no-answer`. */
export interface StatusSource {
  readonly name: string;
  /** Share of the remaining time, if other sources follow. */
  readonly share?: number;
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

export function firstAnswer(name: string, sources: readonly StatusSource[]): StatusSource {
  return {
    name,
    async read(id, deadline) {
      const causes: unknown[] = [];
      for (const source of sources) {
        const reading = await readFrom(source, id, source.share ? deadline.share(source.share) : deadline);
        if (reading.kind !== 'no-answer') return reading;
        causes.push(reading.cause);
      }
      return { kind: 'no-answer', cause: new AggregateError(causes, `${name}: no answer for ${id}`) };
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
