import type { Call } from '../../contract/call/call.ts';
import { type MessageState, messageStates } from '../../contract/mail/message.ts';
import { parseMessageId, submissionOfMessage } from '../../contract/mail/message-id.ts';
import { mayAskForAnswer } from '../../contract/mail/releases.ts';
import { omitUndefined } from '../../contract/omit-undefined.ts';
import type { SettleCommand } from '../../contract/workflow/commands.ts';
import { sightOf } from '../../store/sight.ts';
import type { Store } from '../../store/store.ts';
import type { Commands } from '../../temporal/commands.ts';
import type { Operations } from '../../temporal/operations.ts';
import type { Asker } from './asker.ts';
import type { Cursors } from './cursors.ts';
import { assertMayOpen } from './keep-away.ts';

export type LedgerDependencies = {
  store: Pick<Store, 'messages' | 'records' | 'ongoing'>;
  operations: Pick<Operations, 'send'>;
  commands: Pick<Commands, 'settleLetter' | 'hold'>;
  cursors: Cursors;
  call: Pick<Call, 'shownTo'>;
};

type Row = Awaited<ReturnType<Store['messages']['after']>>[number];

const pageSize = 50;

/** Maximum of open submissions and undelivered messages that are listed. */
const mostNamed = 200;

/** The messages to speakers, and what is still open, as one person sees them. */
export function createLedger({ store, operations, commands, cursors, call }: LedgerDependencies) {
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

    /** Opens a message to resolve it. */
    async openMessage({ person, deadline, refuse }: Asker<'not-found' | 'conflict-of-interest'>, text: string) {
      // Its mere existence reveals the decision: it is read only when the person may see its submission, whose id it
      // contains.
      const id = parseMessageId(text);
      const about = id && submissionOfMessage(id);
      const parties = about && (await store.records.partiesOf([about])).get(about);
      if (id === undefined || about === undefined || parties === undefined) return refuse('not-found');
      assertMayOpen(person, parties, refuse);
      const message = await store.messages.find(id);
      if (message === undefined) return refuse('not-found');
      return {
        message,
        /** Also writes the audit. */
        async resolve(state: MessageState, given: { at: string; reason: string; detail: string }) {
          const resolved = await store.messages.resolve(id, state, given.reason, {
            id: `message:${id}:${given.at}`,
            by: person.name,
            command: 'resolve-message',
            submission: about,
            ...given,
          });
          return resolved && asMessage(resolved, about);
        },
        send: () => operations.send(about, deadline),
        /** Returns whether the speaker owes an answer to it, and has their whole time from now on. */
        async settleLetter(as: SettleCommand['as']): Promise<boolean> {
          if (message.channel !== 'email' || !mayAskForAnswer(message.release)) return false;
          const result = await commands.settleLetter(about, { letter: message.release, as }, { deadline });
          return result.kind === 'done' && result.value;
        },
        hold: () => commands.hold(about, message.release, deadline),
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
