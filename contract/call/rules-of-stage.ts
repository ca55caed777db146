import type { Stage } from '../stages.ts';
import type { CallRules, RulesOfStage } from './rules.ts';

/** @throws RangeError for a stage that the submission doesn't have */
export function rulesOfStage<Name extends Stage>(
  { stages }: Pick<CallRules, 'stages'>,
  name: Name,
): Extract<RulesOfStage, { stage: Name }> {
  const isIt = (one: RulesOfStage): one is Extract<RulesOfStage, { stage: Name }> => one.stage === name;
  const found = stages.find(isIt);
  if (found === undefined) throw new RangeError(`the submission has no stage ${name}`);
  return found;
}
