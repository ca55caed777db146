/** What a request that changes something makes a condition of it (RFC 9110, 13; contract H34). */
import type { Context } from 'hono';
import { readHttpDate } from '../../contract/http/http-date.ts';
import { type Conditional, noRevision } from '../../contract/workflow/commands.ts';
import { isNamed } from './entity-tag.ts';
import { Refusal, type Refuse } from './refusal.ts';

/** What the client would read, and when that has changed. */
export type Representation = { tag: string; modifiedAt?: string };

/** The same, and how far the state was that it was made from. */
export type Seen = Representation & { revision: number };

/** How often a change is tried whose state moves on, without a difference that the client could see. */
const tries = 3;

/** Whether a request makes any. */
function hasPreconditions(c: Context): boolean {
  return ['If-Match', 'If-Unmodified-Since', 'If-None-Match'].some((name) => c.req.header(name) !== undefined);
}

/** A request that may make conditions, of a route that changes something. */
export type Conditioned = { c: Context; refuse: Refuse<'precondition-failed' | 'temporarily-unavailable'> };

/**
 * @param look what there is, if anything
 * @param isDone whether the change has been made before: to ask for it again is no failure
 */
export async function assertPreconditions(
  { c, refuse }: Conditioned,
  look: () => Promise<Representation | undefined>,
  isDone: () => Promise<boolean> = async () => false,
): Promise<void> {
  if (!hasPreconditions(c) || areMet(c, await look()) || (await isDone())) return;
  refuse('precondition-failed');
}

/** What is changed can't be read under this URL: `If-Match` is not met, and the others are. */
export const nothingThere = async () => undefined;

/**
 * Makes a change to what the client has seen, or to nothing. The writer has the last word: it is given the state that the
 * change is for, and knows whether it has been made before, which is no failure.
 *
 * @param change throws a Refusal `precondition-failed` where the state is another one
 */
export async function underPreconditions<Value>(
  { c, refuse }: Conditioned,
  look: () => Promise<Seen | undefined>,
  change: (condition: Conditional) => Promise<Value>,
): Promise<Value> {
  if (!hasPreconditions(c)) return change({});
  let cause: unknown;
  for (let time = 0; time < tries; time += 1) {
    const seen = await look();
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

/** In the order of RFC 9110, 13.2.2. */
function areMet(c: Context, current: Representation | undefined): boolean {
  const [match, noneMatch] = [c.req.header('If-Match'), c.req.header('If-None-Match')];
  if (match !== undefined && !isAmong(current, match)) return false;
  if (match === undefined && isModified(current, c.req.header('If-Unmodified-Since'))) return false;
  return noneMatch === undefined || !isAmong(current, noneMatch);
}

function isAmong(current: Representation | undefined, field: string): boolean {
  return current !== undefined && isNamed(current.tag, field);
}

/** What is no date, and what has none, counts for nothing (RFC 9110, 13.1.4). A date of HTTP has no milliseconds. */
function isModified(current: Representation | undefined, since: string | undefined): boolean {
  const date = since === undefined ? undefined : readHttpDate(since);
  if (date === undefined || current?.modifiedAt === undefined) return false;
  return Math.floor(Date.parse(current.modifiedAt) / 1_000) * 1_000 > date;
}
