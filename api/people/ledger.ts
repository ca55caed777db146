import type { Call } from '../../contract/call/call.ts';
import { given } from '../../contract/given.ts';
import { type MessageState, messageIdPattern, messageStates } from '../../contract/mail/message.ts';
import type { Person } from '../../contract/person.ts';
import { parseSubmissionId } from '../../contract/submission-id.ts';
import { sightOf } from '../../store/sight.ts';
import type { Store } from '../../store/store.ts';
import type { Operations } from '../../temporal/operations.ts';
import type { Refuse } from '../http/refusal.ts';
import type { Cursors } from './cursors.ts';
import { assertMayOpen } from './keep-away.ts';

export type LedgerDependencies = {
  store: Pick<Store, 'messagesAfter' | 'findMessage' | 'resolve' | 'partiesOf' | 'undelivered' | 'leftOpen'>;
  operations: Pick<Operations, 'resend' | 'isUnderWay'>;
  cursors: Cursors;
  call: Pick<Call, 'shownTo'>;
};

type Row = Awaited<ReturnType<Store['messagesAfter']>>[number];

const pageSize = 50;

/** So many of what is open are named. */
const mostNamed = 200;

const idLength = 32;

/** The messages to speakers, and what is left open, as one person sees them. */
export function createLedger({ store, operations, cursors, call }: LedgerDependencies) {
  return {
    async messages(
      person: Person,
      { state, after }: { state?: MessageState | undefined; after?: string | undefined },
      refuse: Refuse<'invalid-query'>,
    ) {
      const scope = { person, list: 'messages', parameter: 'after', filters: { state } };
      const from = after === undefined ? '' : cursors.open(scope, after, refuse);
      const states = state ? [state] : messageStates;
      const found = await store.messagesAfter(from, states, pageSize + 1, sightOf(person));
      const rows = found.slice(0, pageSize);
      const last = rows.at(-1);
      return given({
        // What is about many submissions is shown to nobody.
        items: rows.flatMap((row) => (row.submission_id === null ? [] : [asMessage(row, row.submission_id)])),
        next: last && found.length > pageSize ? cursors.seal(scope, last.id) : undefined,
      });
    },

    /** To decide what becomes of it. */
    async openMessage(person: Person, id: string, refuse: Refuse<'not-found' | 'conflict-of-interest'>) {
      // A message has its submission's id in its own, and tells what was decided by being there: it is not looked for
      // before it is sure that the person may know.
      const about = messageIdPattern.test(id) ? parseSubmissionId(id.slice(0, idLength)) : undefined;
      const parties = about && (await store.partiesOf([about])).get(about);
      if (about === undefined || parties === undefined) return refuse('not-found');
      assertMayOpen(person, parties, refuse);
      const message = await store.findMessage(id);
      if (message === undefined) return refuse('not-found');
      return {
        message,
        isUnderWay: () => operations.isUnderWay(id),
        /** With its line in the audit. */
        async resolve(state: MessageState, said: { at: string; why: string; detail: string }) {
          const resolved = await store.resolve(id, state, said.why, {
            ...{ id: `message:${id}:${said.at}`, person: person.name, command: 'resolve-message' },
            ...{ submission: about, ...said },
          });
          return resolved && asMessage(resolved, about);
        },
        resend: () => operations.resend(id),
      };
    },

    async leftOpen(person: Person) {
      const sight = sightOf(person);
      const [open, undelivered] = await Promise.all([store.leftOpen(sight), store.undelivered(sight)]);
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

  function asMessage(row: Row, submission: string) {
    const { id, release, channel, state, attempts, detail, letter } = row;
    const isAddressShown = letter.kind === 'speaker' && call.shownTo.organiser.includes('speaker.email');
    return given({
      ...{ id, submission, release, channel, state, attempts },
      detail: detail ?? undefined,
      to: isAddressShown ? letter.letter.to : undefined,
      createdAt: row.created_at,
      updatedAt: row.updated_at,
    });
  }
}
