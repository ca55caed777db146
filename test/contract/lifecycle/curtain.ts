import { editable } from '../../../contract/lifecycle/editable.ts';
import { isForSpeaker } from '../../../contract/mail/releases.ts';
import { editionOf, isOnWaitlist } from '../../../contract/record.ts';
import { Broken } from './broken.ts';
import type { Pair } from './random-walks.ts';
import { createWalk, type Walk } from './walk.ts';

/** Goes two ways at once, which look the same until one of them is announced (contract H19). */
export function checkCurtain({ rules, reopens, judgements, events }: Pair): void {
  const one = createWalk({ rules, reopens: reopens[0], judgements: judgements[0] });
  const other = createWalk({ rules, reopens: reopens[1], judgements: judgements[1] });
  compare(one, other);
  for (const event of events) {
    const [first, second] = 'hidden' in event ? event.hidden : [[event], [event]];
    for (const own of first) one.meet(own);
    for (const own of second) other.meet(own);
    // What the call announces, it announces of one that is decided: here the ways part.
    if (isTold(one) || isTold(other)) return;
    // As an organiser does by ending the one that is stuck.
    if (isFailed(one) !== isFailed(other)) return;
    compare(one, other);
  }
}

function isTold({ state }: Walk): boolean {
  const { at } = state.course;
  return at === 'accepted' || at === 'rejected' || at === 'waitlisted' || isOnWaitlist(state);
}

function isFailed({ state }: Walk): boolean {
  return state.course.at === 'failed';
}

function compare(one: Walk, other: Walk): void {
  const [seen, alsoSeen] = [seenOf(one), seenOf(other)];
  if (seen !== alsoSeen) throw new Broken('nothing public depends on what is not announced', `${seen} and ${alsoSeen}`);
}

const ofSpeaker = ['withdraw', 'answer', 'edit'];

/** The status, the speaker's letters, what the speaker was told at once, and what they may edit. */
function seenOf({ moments, answers, state, slots, rules, now }: Walk): string {
  const letters = (state.releases ?? []).filter(isForSpeaker).map(({ name }) => name);
  const own = answers.filter(({ command }) => ofSpeaker.includes(command)).map(({ said }) => said);
  const { document } = moments.at(-1) ?? {};
  const free = slots.filter((slot) => slot === 'free');
  return JSON.stringify([document, letters, own, free, editionOf(state), editable(state, rules, now)]);
}
