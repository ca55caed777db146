import type { z } from 'zod';
import { mostTalks, type talkSchema } from '../../contract/http/speaker-answers.ts';
import type { Deadline } from '../../process/deadline.ts';
import type { SpeakerTokens } from '../../process/speaker-tokens.ts';
import type { HeldTalk } from '../../store/access/talks.ts';
import type { Store } from '../../store/store.ts';
import type { Refuse } from '../http/refusal.ts';
import { refuseUnread } from '../status/refuse-unread.ts';
import type { StatusReader } from '../status/status-reader.ts';

type Dependencies = {
  store: Pick<Store, 'talks'>;
  reader: Pick<StatusReader, 'read'>;
  tokens: Pick<SpeakerTokens, 'of' | 'ofPurpose'>;
};

export type OwnTalk = z.output<typeof talkSchema>;

type RefuseToRead = Refuse<'temporarily-unavailable'>;

/** The talks of an address, for whoever reads its mail (contract H39). */
export function createOwnTalks({ store, reader, tokens }: Dependencies) {
  return async (holder: string, deadline: Deadline, refuse: RefuseToRead): Promise<OwnTalk[]> => {
    const talks = await store.talks.heldBy(holder, mostTalks);
    const own = await Promise.all(talks.map((talk) => ownTalk(talk, deadline, refuse)));
    return own.filter((talk) => talk !== undefined);
  };

  /** With the status that everybody reads, and no other (contract H19, H43). `undefined` for what was erased meanwhile. */
  async function ownTalk(
    { id, title, isProved, address, generation }: HeldTalk,
    deadline: Deadline,
    refuse: RefuseToRead,
  ): Promise<OwnTalk | undefined> {
    const reading = await reader.read(id, deadline);
    if (reading.kind === 'no-answer') return refuseUnread(reading, busy, refuse);
    if (reading.kind !== 'found') return undefined;
    const token = isProved
      ? { speakerToken: tokens.of(id, generation) }
      : { proofToken: tokens.ofPurpose('proof', id, address) };
    return { id, title, status: reading.status, isProved, ...token };
  }
}

const busy = 'More is being read than can be read at once. The talks are unharmed: read them again after Retry-After.';
