import type { Call } from '../../contract/call/call.ts';
import { type MessageState, messageStates } from '../../contract/mail/message.ts';
import { parseMessageId, submissionOfMessage } from '../../contract/mail/message-id.ts';
import { omitUndefined } from '../../contract/omit-undefined.ts';
import { sightOf } from '../../store/sight.ts';
import type { Store } from '../../store/store.ts';
import type { Operations } from '../../temporal/operations.ts';
import type { Asker } from './asker.ts';
import type { Cursors } from './cursors.ts';
import { assertMayOpen } from './keep-away.ts';

export type LedgerDependencies = {
  store: Pick<Store, 'messages' | 'records' | 'ongoing'>;
  operations: Pick<Operations, 'resend' | 'isUnderWay'>;
  cursors: Cursors;
  call: Pick<Call, 'shownTo'>;
};

type Row = Awaited<ReturnType<Store['messages']['after']>>[number];

const pageSize = 50;

/** So many of what is open are named. */
const mostNamed = 200;

/** The messages to speakers, and what is left open, as one person sees them. */
export function createLedger({ store, operations, cursors, call }: LedgerDependencies) {
  return {
    async messages(
      { person, refuse }: Asker<'invalid-query'>,
      { state, after }: { state?: MessageState | undefined; after?: string | undefined },
    ) {
      const scope = { person, list: 'messages', parameter: 'after', filters: { state } };
      const from = after === undefined ? undefined : parseMessageId(cursors.open(scope, after, refuse));
      const states = state ? [state] : messageStates;
      const found = await store.messages.after(from, states, pageSize + 1, sightOf(person));
      const rows = found.slice(0, pageSize);
      const last = rows.at(-1);
      return omitUndefined({
        // A message about many submissions is shown to nobody.
        items: rows.flatMap((row) => (row.submission_id === null ? [] : [asMessage(row, row.submission_id)])),
        next: last && found.length > pageSize ? cursors.seal(scope, last.id) : undefined,
      });
    },

    /** To decide what becomes of it. */
    async openMessage({ person, deadline, refuse }: Asker<'not-found' | 'conflict-of-interest'>, text: string) {
      // A message has its submission's id in its own, and tells what was decided by being there: it is not looked for
      // before it is sure that the person may know.
      const id = parseMessageId(text);
      const about = id && submissionOfMessage(id);
      const parties = about && (await store.records.partiesOf([about])).get(about);
      if (id === undefined || about === undefined || parties === undefined) return refuse('not-found');
      assertMayOpen(person, parties, refuse);
      const message = await store.messages.find(id);
      if (message === undefined) return refuse('not-found');
      return {
        message,
        isUnderWay: () => operations.isUnderWay(id, deadline),
        /** With its line in the audit. */
        async resolve(state: MessageState, said: { at: string; reason: string; detail: string }) {
          const resolved = await store.messages.resolve(id, state, said.reason, {
            ...{ id: `message:${id}:${said.at}`, by: person.name, command: 'resolve-message' },
            ...{ submission: about, ...said },
          });
          return resolved && asMessage(resolved, about);
        },
        resend: () => operations.resend(id, deadline),
      };
    },

    async leftOpen({ person }: Asker) {
      const sight = sightOf(person);
      const [open, undelivered] = await Promise.all([store.ongoing.all(sight), store.messages.undelivered(sight)]);
      return {
        open: {
          count: open.length,
          submissions: open.slice(0, mostNamed).map(({ id, awaits }) => ({ id, awaits })),
        },
        undelivered: {
          count: undelivered.length,
          messages: undelivered.slice(0, mostNamed).map(({ id, state }) => ({ id, state })),
        },
      };
    },
  };

  function asMessage(row: Row, submission: string) {
    const { id, release, channel, state, attempts, detail, content } = row;
    const isAddressShown = content.kind === 'speaker' && call.shownTo.organiser.includes('speaker.email');
    return omitUndefined({
      id,
      submission,
      release,
      channel,
      state,
      attempts,
      detail: detail ?? undefined,
      to: isAddressShown ? content.fields.to : undefined,
      createdAt: row.created_at,
      updatedAt: row.updated_at,
    });
  }
}
