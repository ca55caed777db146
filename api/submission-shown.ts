import type { PossibleConflict } from '../contract/listed-submission.ts';
import type { SubmissionView } from '../contract/submission-view.ts';
import type { Listed } from '../store/list.ts';
import type { Person } from './access.ts';
import { entityTagOf } from './entity-tag.ts';
import { unlessUnreachable } from './open-submission.ts';
import type { PossibleConflicts } from './possible-conflicts.ts';
import type { Seen } from './preconditions.ts';
import { Refusal } from './refusal.ts';
import type { View } from './view.ts';

type Dependencies = { view: View; possibleConflicts: PossibleConflicts };

export type SubmissionShown = ReturnType<typeof createSubmissionShown>;

/** One submission as a person is shown it: what they read, and what they make a condition of a change. */
export function createSubmissionShown({ view, possibleConflicts }: Dependencies) {
  /** @throws Refusal where they have to keep away from it */
  return async function shown(person: Person, item: Listed): Promise<Seen & { content: string }> {
    const seen = view.one(person, { ...item, possibleConflicts: await found(person, item) });
    if (seen === undefined) throw new Refusal('conflict-of-interest');
    const content = JSON.stringify(seen);
    return { content, tag: entityTagOf(content), modifiedAt: latestIn(seen), revision: item.state.revision };
  };

  /** Nothing, while the database is out of reach: what is known of the submission itself is read all the same. */
  async function found(person: Person, item: Listed): Promise<PossibleConflict[]> {
    const byId = await possibleConflicts(person, [item]).catch(unlessUnreachable);
    return byId?.get(item.state.id) ?? [];
  }
}

/** Of the dates in it: what a person can't see has no part in what they learn. */
function latestIn({ lastUpdatedAt, verdicts = [], reviews }: SubmissionView): string {
  const dates = [lastUpdatedAt, ...verdicts.map(({ decidedAt }) => decidedAt), ...reviews.map(({ at }) => at)];
  return dates.reduce((one, other) => (other > one ? other : one));
}
