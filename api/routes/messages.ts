import { z } from 'zod';
import { messagePageSchema, messageSchema } from '../../contract/http/organiser-answers.ts';
import { resolutionRequest } from '../../contract/http/requests.ts';
import { messageStates, resolvableStates } from '../../contract/mail/message.ts';
import { assertPreconditions, nothingThere } from '../http/preconditions.ts';
import { cursor } from '../request/cursor-parameter.ts';
import { route } from '../routing/route.ts';
import { message } from './examples.ts';
import type { OrganiserDependencies } from './organiser-dependencies.ts';

/** What becomes of a message. A letter that asks for an answer goes out again as a new one, with a new date. */
const resolved = { resend: 'pending', delivered: 'sent', abandoned: 'abandoned', bounced: 'bounced' } as const;

export const listMessages = route(
  {
    route: 'GET /api/organiser/messages',
    operationId: 'listMessages',
    who: 'organiser',
    summary: 'List the messages',
    description: 'For an organiser: messages that were sent, are being sent, or wait for a decision.',
    takes: {
      query: z.strictObject({
        state: z.enum(messageStates).optional().describe('State of the message; `parked` waits for a decision'),
        after: cursor.optional().describe('`next` of the previous response'),
      }),
    },
    gives: { 200: { body: { MessagePage: messagePageSchema }, example: { items: [message] } } },
  },
  ({ gate }: OrganiserDependencies) =>
    async (asked) => ({ status: 200, body: await gate.messages(asked, asked.query) }),
);

export const resolveMessage = route(
  {
    route: 'PUT /api/organiser/messages/{id}/resolution',
    operationId: 'resolveMessage',
    who: 'organiser',
    summary: 'Decide about a message that was not delivered',
    description: 'For an organiser. A message that may have been sent is never sent again without this.',
    takes: {
      body: { ResolutionRequest: resolutionRequest },
      example: { resolution: 'resend', reason: 'The speaker did not get it.' },
    },
    gives: { 200: { body: { Message: messageSchema }, example: { ...message, state: 'pending' } } },
    refuses: ['conflict-of-interest', 'not-found', 'message-settled'],
  },
  ({ gate, now }: OrganiserDependencies) =>
    async (asked) => {
      const { params, refuse } = asked;
      const { resolution, reason } = asked.body;
      const { message, ...opened } = await gate.openMessage(asked, params.id);
      const { state, release, channel } = message;
      await assertPreconditions(asked, nothingThere);
      const detail = `${release} by ${channel}: ${resolution}`;
      const isStuck = resolvableStates.some((one) => one === state);
      const goesOutAnew = resolution === 'resend' && isStuck && (await opened.settleLetter(resolution));
      const becomes = goesOutAnew ? 'superseded' : resolved[resolution];
      const changed = await opened.resolve(becomes, { at: now().toISOString(), reason, detail });
      if (changed === undefined) return refuse('message-settled', { state });
      // After the ledger, which says whose clock is held; a repetition of the request does it again.
      if (resolution === 'bounced') await opened.hold();
      else if (resolution !== 'resend') await opened.settleLetter(resolution);
      else if (!goesOutAnew) await opened.send();
      return { status: 200, body: changed };
    },
);
