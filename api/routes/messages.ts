import { Hono } from 'hono';
import { z } from 'zod';
import type { Call } from '../../contract/call.ts';
import { resolutionRequest } from '../../contract/decision.ts';
import { type MessageState, messageIdPattern, messageStates } from '../../contract/message.ts';
import { templateNames } from '../../contract/message-templates.ts';
import { parseSubmissionId } from '../../contract/submission-id.ts';
import { usualTemplate } from '../../messages/load-templates.ts';
import { render, sampleFields } from '../../messages/render.ts';
import type { Entry } from '../../store/audit.ts';
import type { Message } from '../../store/messages.ts';
import type { Store } from '../../store/store.ts';
import type { Person } from '../access.ts';
import { answerSized } from '../answer-sized.ts';
import { answerTagged } from '../answer-tagged.ts';
import { available } from '../available.ts';
import { conflictOf } from '../conflict.ts';
import { limitContent } from '../limit-content.ts';
import type { Only, WithPerson } from '../only.ts';
import type { Operations } from '../operations.ts';
import { readCommand } from '../read-command.ts';
import { readQuery } from '../read-query.ts';
import { Refusal } from '../refusal.ts';

export type MessageDependencies = {
  call: Call;
  only: Only;
  store: Pick<Store, 'messagesAfter' | 'findMessage' | 'resolve' | 'submissionsOf'>;
  operations: Pick<Operations, 'resend' | 'isUnderWay'>;
  now: () => Date;
};

const pageSize = 50;

export const messagesQuery = z.strictObject({
  state: z.enum(messageStates).optional().describe('What has become of it; `parked` waits for a person'),
  after: z
    .string()
    .regex(messageIdPattern, 'must be taken from the answer before, as it is')
    .meta({ maxLength: 120 })
    .optional()
    .describe('`next` of the answer before'),
});

const resolved = { resend: 'pending', delivered: 'sent', abandoned: 'abandoned', bounced: 'bounced' } as const;

/** The ledger of messages, what a person decides of those that were not delivered, and how the texts read. */
export function messageRoutes({ call, only, store, operations, now }: MessageDependencies) {
  const isAddressShown = call.shownTo.organiser.includes('speaker.email');

  return new Hono<WithPerson>()
    .get('/messages', only('organiser'), async (c) => {
      const { state, after = '' } = readQuery(c, messagesQuery);
      const messages = await available(store.messagesAfter(after, state ? [state] : messageStates, pageSize));
      const mayRead = await readableBy(c.var.person, messages);
      const items = messages.filter(mayRead).map((message) => asListed(message, isAddressShown));
      const next = messages.length === pageSize ? messages.at(-1)?.id : undefined;
      return answerTagged(c, JSON.stringify({ items, next }));
    })

    .put('/messages/:id/resolution', only('organiser'), limitContent, async (c) => {
      const { person } = c.var;
      const { resolution, reason } = await readCommand(c, resolutionRequest);
      const id = c.req.param('id');
      const message = messageIdPattern.test(id) ? await available(store.findMessage(id)) : undefined;
      if (message === undefined) throw new Refusal('not-found');
      if (!(await readableBy(person, [message]))(message)) throw new Refusal('conflict-of-interest');
      if (resolution === 'resend' && (await operations.isUnderWay(message.id)))
        throw new Refusal('message-settled', { state: message.state });
      const state: MessageState = resolved[resolution];
      const entry = entryOf(person, message, resolution, reason);
      const changed = await available(store.resolve(message.id, state, reason, entry));
      if (changed === undefined) throw new Refusal('message-settled', { state: message.state });
      if (resolution === 'resend') await operations.resend(message.id);
      c.header('Cache-Control', 'no-store');
      return answerSized(c, 200, 'application/json', JSON.stringify(asListed(changed, isAddressShown)));
    })

    .get('/templates/:name', only('organiser'), async (c) => {
      const name = templateNames.find((known) => known === c.req.param('name'));
      if (name === undefined) throw new Refusal('not-found');
      const own = call.texts?.[name];
      const { name: conference, contact } = call;
      const content = render(own ?? (await usualTemplate(name)), {
        ...sampleFields,
        call: { name: conference, contact },
      });
      return answerTagged(c, JSON.stringify({ name, isOwn: own !== undefined, ...content }));
    });

  /** Which of them are about submissions that the person need not keep away from. */
  async function readableBy(person: Person, messages: readonly Message[]): Promise<(message: Message) => boolean> {
    const submissions = await available(
      store.submissionsOf(messages.flatMap(({ submission_id }) => submission_id ?? [])),
    );
    return ({ submission_id }) => {
      const about = submissions.get(submission_id ?? '');
      return about === undefined || conflictOf(person, about.submission, about.state) === undefined;
    };
  }

  function entryOf(person: Person, message: Message, resolution: string, why: string): Entry {
    const at = now().toISOString();
    const submission = parseSubmissionId(message.submission_id ?? '');
    return {
      ...{ id: `message:${message.id}:${at}`, at, person: person.name, command: 'resolve-message', why },
      ...(submission ? { submission } : {}),
      detail: `${message.release} by ${message.channel}: ${resolution}`,
    };
  }
}

/** @param isAddressShown whether the call shows it to organisers */
function asListed(message: Message, isAddressShown: boolean) {
  const { id, submission_id: submission, release, channel, state, attempts, detail, letter } = message;
  return {
    ...{ id, release, channel, state, attempts },
    ...(submission === null ? {} : { submission }),
    ...(detail === null ? {} : { detail }),
    ...(letter.kind === 'speaker' && isAddressShown ? { to: letter.letter.to } : {}),
    createdAt: message.created_at,
    updatedAt: message.updated_at,
  };
}
