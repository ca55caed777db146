import type { Person } from '../../contract/committee/person.ts';
import { type MessageState, messageIdPattern, messageStates } from '../../contract/mail/message.ts';
import { parseSubmissionId } from '../../contract/submission-id.ts';
import type { Deadline } from '../../process/deadline.ts';
import { sightOf } from '../../store/sight.ts';
import type { Store } from '../../store/store.ts';
import type { Operations } from '../../temporal/operations.ts';
import { Refusal } from '../http/refusal.ts';
import type { Cursors } from './cursors.ts';
import { assertMayOpen } from './keep-away.ts';

export type LedgerDependencies = {
  store: Pick<Store, 'messages' | 'records' | 'open'>;
  operations: Pick<Operations, 'resend' | 'isUnderWay'>;
  cursors: Cursors;
};

const pageSize = 50;

/** So many of what is open are named. */
const mostNamed = 200;

const idLength = 32;

/** The messages to speakers, and what is left open, as one person sees them. */
export function createLedger({ store, operations, cursors }: LedgerDependencies) {
  return {
    async messages(person: Person, { state, after }: { state?: MessageState | undefined; after?: string | undefined }) {
      const scope = { person, list: 'messages', parameter: 'after', filters: { state } };
      const from = after === undefined ? '' : cursors.open(scope, after);
      const states = state ? [state] : messageStates;
      const found = await store.messages.after(from, states, pageSize + 1, sightOf(person));
      const items = found.slice(0, pageSize);
      const last = items.at(-1);
      return { items, next: last && found.length > pageSize ? cursors.seal(scope, last.id) : undefined };
    },

    /** To decide what becomes of it. @throws Refusal where there is none, or the person has to keep away from it */
    async openMessage(person: Person, id: string, deadline: Deadline) {
      // A message has its submission's id in its own, and tells what was decided by being there: it is not looked for
      // before it is sure that the person may know.
      const about = messageIdPattern.test(id) ? parseSubmissionId(id.slice(0, idLength)) : undefined;
      const parties = about && (await store.records.partiesOf([about])).get(about);
      if (about === undefined || parties === undefined) throw new Refusal('not-found');
      assertMayOpen(person, parties);
      const message = await store.messages.find(id);
      if (message === undefined) throw new Refusal('not-found');
      return {
        message,
        isUnderWay: () => operations.isUnderWay(id, deadline),
        /** With its line in the audit. */
        resolve: (state: MessageState, said: { at: string; reason: string; detail: string }) =>
          store.messages.resolve(id, state, said.reason, {
            ...{ id: `message:${id}:${said.at}`, by: person.name, command: 'resolve-message' },
            ...{ submission: about, ...said },
          }),
        resend: () => operations.resend(id, deadline),
      };
    },

    async leftOpen(person: Person) {
      const sight = sightOf(person);
      const [open, undelivered] = await Promise.all([store.open.all(sight), store.messages.undelivered(sight)]);
      return {
        open: {
          count: open.length,
          submissions: open.slice(0, mostNamed).map(({ id, awaited: awaits }) => ({ id, awaits })),
        },
        undelivered: {
          count: undelivered.length,
          messages: undelivered.slice(0, mostNamed).map(({ id, state }) => ({ id, state })),
        },
      };
    },
  };
}
