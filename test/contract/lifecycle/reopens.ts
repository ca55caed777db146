import type { CallRules } from '../../../contract/call/rules.ts';
import { anId } from '../../support/fixtures.ts';
import { aVerdict } from '../../support/records.ts';
import type { Reopens } from './walk-events.ts';

/** An ended submission that an organiser reopens. */
export function reopensOf({ stages }: CallRules, outcome: Reopens) {
  const names = stages.map(({ stage }) => stage);
  const decided = outcome === 'accepted' ? names : names.slice(0, 1);
  const verdicts = decided.map((stage, index) =>
    aVerdict(stage, { outcome: outcome === 'rejected' && index === decided.length - 1 ? 'rejected' : 'passed' }),
  );
  const stage = decided.at(-1) ?? 'moderation';
  return { id: anId(2), original: anId(2), by: 'Olga', reason: 'An error.', stage, verdicts };
}
