/** Conditional requests (RFC 9110, 13; contract H34). */
import type { Context } from 'hono';
import { readHttpDate } from '../../contract/http/http-date.ts';
import { type Conditional, noRevision } from '../../contract/workflow/commands.ts';
import { isNamed } from './entity-tag.ts';
import { Refusal, type Refuse } from './refusal.ts';

/** The entity tag of what the client would read, and the time of its last change. */
export type Representation = { tag: string; modifiedAt?: string };

/** With the revision of the state that it was made from. */
export type Seen = Representation & { revision: number };

/** Attempts at a change whose state moves on without a difference that the client could see. */
const tries = 3;

function hasPreconditions(c: Context): boolean {
  return ['If-Match', 'If-Unmodified-Since', 'If-None-Match'].some((name) => c.req.header(name) !== undefined);
}

/** A request that changes something, perhaps under conditions. */
export type Conditioned = { c: Context; refuse: Refuse<'precondition-failed' | 'temporarily-unavailable'> };

/**
 * @param read the current representation, if there is one
 * @param isDone whether the change was made before: repeating it is not a failure
 */
export async function assertPreconditions(
  { c, refuse }: Conditioned,
  read: () => Promise<Representation | undefined>,
  isDone: () => Promise<boolean> = async () => false,
): Promise<void> {
  if (!hasPreconditions(c) || areMet(c, await read()) || (await isDone())) return;
  refuse('precondition-failed');
}

/** For a resource that can't be read under this URL: `If-Match` fails, the other conditions hold. */
export const nothingThere = async () => undefined;

/**
 * Makes a change only to the state that the client has seen. The workflow decides: it is given the revision, and knows
 * whether the change was made before, which is not a failure.
 *
 * @param change throws a Refusal `precondition-failed` if the revision is another one
 */
export async function underPreconditions<Value>(
  { c, refuse }: Conditioned,
  read: () => Promise<Seen | undefined>,
  change: (condition: Conditional) => Promise<Value>,
): Promise<Value> {
  if (!hasPreconditions(c)) return change({});
  let cause: unknown;
  for (let time = 0; time < tries; time += 1) {
    const seen = await read();
    const isMet = seen !== undefined && areMet(c, seen);
    try {
      return await change({ onlyIf: isMet ? seen.revision : noRevision });
    } catch (error) {
      cause = error;
      if (!isMet || !(error instanceof Refusal) || error.code !== 'precondition-failed') throw error;
    }
  }
  return refuse('temporarily-unavailable', {}, { cause });
}

/** Evaluates the conditions in the order of RFC 9110, 13.2.2. */
function areMet(c: Context, current: Representation | undefined): boolean {
  const [match, noneMatch] = [c.req.header('If-Match'), c.req.header('If-None-Match')];
  if (match !== undefined && !isAmong(current, match)) return false;
  if (match === undefined && isModified(current, c.req.header('If-Unmodified-Since'))) return false;
  return noneMatch === undefined || !isAmong(current, noneMatch);
}

function isAmong(current: Representation | undefined, field: string): boolean {
  return current !== undefined && isNamed(current.tag, field);
}

/** An invalid date, or a representation without one, is ignored (RFC 9110, 13.1.4). HTTP dates have no milliseconds. */
function isModified(current: Representation | undefined, since: string | undefined): boolean {
  const date = since === undefined ? undefined : readHttpDate(since);
  if (date === undefined || current?.modifiedAt === undefined) return false;
  return Math.floor(Date.parse(current.modifiedAt) / 1_000) * 1_000 > date;
}
