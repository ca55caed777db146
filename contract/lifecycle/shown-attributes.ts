import type { SearchAttributePair, SearchAttributeUpdatePair } from '@temporalio/common';
import { marksOf } from '../marks.ts';
import { awaits, conclusionOf, firstStage, stageOf } from '../record.ts';
import type { SubmissionState } from '../state.ts';
import {
  awaitsAttribute,
  dueAttribute,
  flagAttribute,
  outcomeAttribute,
  stageAttribute,
  trackAttribute,
} from '../workflow/search-attributes.ts';

/** The search attributes that change in the life of a submission; `null` for one that it lacks. */
export function shownAttributes(
  state: SubmissionState,
  due: string | undefined,
  track: string,
): SearchAttributeUpdatePair[] {
  const stage = stageOf(state);
  const marks = marksOf(state);
  return [
    { key: trackAttribute, value: track },
    // What was received enters its first stage at once: not worth an event.
    { key: stageAttribute, value: stage === 'received' ? firstStage(state) : stage },
    { key: awaitsAttribute, value: awaits(state) },
    { key: dueAttribute, value: due === undefined ? null : new Date(due) },
    { key: flagAttribute, value: marks.length === 0 ? null : marks },
    { key: outcomeAttribute, value: conclusionOf(state)?.kind ?? null },
  ];
}

export function changedAttributes(
  before: readonly SearchAttributeUpdatePair[],
  after: readonly SearchAttributeUpdatePair[],
): SearchAttributeUpdatePair[] {
  const known = new Set(before.map(textOf));
  return after.filter((pair) => !known.has(textOf(pair)));
}

/** Temporal sets no attribute to nothing. */
export function givenAttributes(pairs: readonly SearchAttributeUpdatePair[]): SearchAttributePair[] {
  return pairs.filter(isGiven);
}

function isGiven(pair: SearchAttributeUpdatePair): pair is SearchAttributePair {
  return pair.value !== null;
}

function textOf({ key, value }: SearchAttributeUpdatePair): string {
  return JSON.stringify([key.name, value]);
}
