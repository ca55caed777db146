import { conclusionOf } from '../../../contract/record.ts';
import { coSpeakersOf } from './co-speakers-of.ts';
import type { Talk } from './read-talk.ts';

/** The co-speakers whom the talk can be handed over to: none, once it has ended. The workflow decides whether it is done. */
export function nextSpeakersOf({ proposal, state }: Talk) {
  const kind = conclusionOf(state)?.kind;
  if (kind !== undefined && kind !== 'accepted') return [];
  return coSpeakersOf(proposal).filter(({ answer }) => answer === 'accepted');
}
