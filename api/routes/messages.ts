import { Hono } from 'hono';
import { z } from 'zod';
import type { Call } from '../../contract/call/call.ts';
import { resolutionRequest } from '../../contract/http/requests.ts';
import { type MessageState, messageStates } from '../../contract/mail/message.ts';
import { templateNames } from '../../contract/mail/message-templates.ts';
import { usualTemplate } from '../../messages/load-templates.ts';
import { render, sampleFields } from '../../messages/render.ts';
import { answerDeadline } from '../http/answer-deadline.ts';
import { answerSized } from '../http/answer-sized.ts';
import { answerTagged } from '../http/answer-tagged.ts';
import { assertPreconditions, nothingThere } from '../http/preconditions.ts';
import { Refusal } from '../http/refusal.ts';
import type { Gate } from '../people/gate.ts';
import type { Only, WithPerson } from '../people/only.ts';
import { cursor } from '../request/cursor-parameter.ts';
import { limitContent } from '../request/limit-content.ts';
import { readCommand } from '../request/read-command.ts';
import { readQuery } from '../request/read-query.ts';

export type MessageDependencies = {
  call: Call;
  only: Only;
  gate: Pick<Gate, 'messages' | 'openMessage'>;
  now: () => Date;
};

export const messagesQuery = z.strictObject({
  state: z.enum(messageStates).optional().describe('What has become of it; `parked` waits for a person'),
  after: cursor.optional().describe('`next` of the answer before'),
});

const resolved = { resend: 'pending', delivered: 'sent', abandoned: 'abandoned', bounced: 'bounced' } as const;

/** The ledger of messages, what a person decides of those that were not delivered, and how the texts read. */
export function messageRoutes({ call, only, gate, now }: MessageDependencies) {
  const isAddressShown = call.shownTo.organiser.includes('speaker.email');

  return new Hono<WithPerson>()
    .get('/messages', only('organiser'), async (c) => {
      const { items: messages, next } = await gate.messages(c.var.person, readQuery(c, messagesQuery));
      const items = messages.map((message) => asListed(message, isAddressShown));
      return answerTagged(c, JSON.stringify({ items, next }));
    })

    .put('/messages/:id/resolution', only('organiser'), limitContent, async (c) => {
      const { resolution, reason } = await readCommand(c, resolutionRequest);
      const { message, ...opened } = await gate.openMessage(c.var.person, c.req.param('id'), answerDeadline());
      if (resolution === 'resend' && (await opened.isUnderWay()))
        throw new Refusal('message-settled', { state: message.state });
      await assertPreconditions(c, nothingThere);
      const state: MessageState = resolved[resolution];
      const detail = `${message.release} by ${message.channel}: ${resolution}`;
      const changed = await opened.resolve(state, { at: now().toISOString(), reason, detail });
      if (changed === undefined) throw new Refusal('message-settled', { state: message.state });
      if (resolution === 'resend') await opened.resend();
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
}

type Listed = Awaited<ReturnType<Gate['messages']>>['items'][number];

/** @param isAddressShown whether the call shows it to organisers */
function asListed(message: Listed, isAddressShown: boolean) {
  const { id, submission_id: submission, release, channel, state, attempts, detail, content } = message;
  return {
    ...{ id, release, channel, state, attempts },
    ...(submission === null ? {} : { submission }),
    ...(detail === null ? {} : { detail }),
    ...(content.kind === 'speaker' && isAddressShown ? { to: content.fields.to } : {}),
    createdAt: message.created_at,
    updatedAt: message.updated_at,
  };
}
