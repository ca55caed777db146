import { operationKinds } from '../../contract/http/operation.ts';
import { auditQuery, triggerQuery } from '../routes/follow.ts';
import { messagesQuery } from '../routes/messages.ts';
import { aCursor, listed } from './examples.ts';
import { following, followingWhileRunning, headerRefs, tagged } from './headers.ts';
import { parametersOf } from './list-parameters.ts';
import { readable } from './operations.ts';
import { conditional, parameterRefs } from './parameters.ts';
import { command, contentOf, notModified, read, security, tags } from './people-paths.ts';
import { refusalRefs } from './refusals.ts';

const running = {
  id: '8c4a346a0853d91a8a532b6790729547',
  status: 'Running',
  createdAt: listed.createdAt,
  lastUpdatedAt: listed.createdAt,
  progress: { completed: 25, total: 80 },
};
const over = { ...running, status: 'Succeeded', result: { done: 79, skipped: 1 } };
const message = {
  id: `${listed.id}.accepted.email`,
  submission: listed.id,
  release: 'accepted',
  channel: 'email',
  state: 'parked',
  attempts: 1,
  detail: 'An attempt was interrupted: it may have been sent, or not.',
  createdAt: listed.createdAt,
  updatedAt: listed.createdAt,
};

const toGoOn = { Location: 'OrganiserLocation', 'Retry-After': 'RetryAfterOrAtOnce' } as const;

const calledOff = {
  operationId: 'cancelAnnouncement',
  tags,
  security,
  summary: 'Call an announcement off',
  description: 'For an organiser. What it has announced is announced.',
  parameters: parameterRefs(...conditional, 'RequestId'),
  responses: {
    202: {
      description: 'It ends',
      headers: headerRefs({ ...following, 'Cache-Control': 'NoStore' }),
      content: contentOf('Operation', running),
    },
    ...refusalRefs('Unauthorized', 'NotFound', 'PreconditionFailed', 'TooManyRequests', 'Unavailable'),
  },
};

/** What takes its time, the ledger of messages, and what other programs follow. */
export const operationPaths = {
  '/api/organiser/announcements': {
    post: command({
      operationId: 'announce',
      summary: 'Announce what is decided',
      description:
        'For an organiser. Some submissions, or all of a kind; now, or at a set time. Each is announced once.',
      takes: ['AnnouncementRequest', { filter: { verdict: 'passed' } }],
      gives: ['Operation', { ...running, status: 'NotStarted' }],
      code: 202,
      headers: following,
      refuses: ['InvalidOperation'],
    }),
  },
  '/api/organiser/announcements/trigger': readable({
    operationId: 'triggerOnAnnouncement',
    tags,
    security,
    summary: 'Be told of announcements, one by one',
    description:
      'For an organiser. A polling trigger as Logic Apps and their like have it: follow `Location`, after `Retry-After`.',
    parameters: [...parametersOf(triggerQuery), ...parameterRefs('RequestId')],
    responses: {
      200: {
        description: 'One announcement',
        headers: headerRefs({ ...toGoOn, 'Cache-Control': 'NoStore' }),
        content: contentOf('Announced', {
          outcome: 'accepted',
          announcedAt: listed.createdAt,
          submission: listed,
        }),
      },
      202: {
        description: 'Nothing new',
        headers: headerRefs({ ...toGoOn, 'Cache-Control': 'NoStore' }),
        content: { 'application/json': { schema: { type: 'object', additionalProperties: false } } },
      },
      ...refusalRefs('InvalidQuery', 'Unauthorized', 'TooManyRequests', 'Unavailable'),
    },
  }),
  '/api/organiser/closings': {
    ...readable({
      operationId: 'readLeftOpen',
      summary: 'Read what closing the call would bring to its end',
      description: 'For an organiser: the submissions that are open, and the answers that have not arrived.',
      ...read('LeftOpen', {
        opens: listed.createdAt,
        closes: listed.createdAt,
        open: { count: 1, submissions: [{ id: listed.id, awaits: 'selection' }] },
        undelivered: { count: 0, messages: [] },
      }),
    }),
    post: command({
      operationId: 'closeCall',
      summary: 'Close the call',
      description:
        "For an organiser, after the call's end. What is open comes to its end by the call's rule. It fails where an answer is not delivered, unless it is forced.",
      takes: ['ClosingRequest', { reason: 'The programme is printed.' }],
      gives: ['Operation', { ...running, status: 'NotStarted' }],
      code: 202,
      headers: following,
      refuses: ['CallOpen', 'InvalidOperation'],
    }),
  },
  ...Object.fromEntries(operationKinds.map((kind) => [`/api/organiser/${kind}/{id}`, followed(kind)])),
  '/api/organiser/messages': readable({
    operationId: 'listMessages',
    summary: 'List the messages',
    description: 'For an organiser: what was sent, is on its way, or waits for a person.',
    ...read('MessagePage', { items: [message] }, 'InvalidQuery'),
    parameters: [...parametersOf(messagesQuery), ...parameterRefs('IfNoneMatch', 'RequestId')],
  }),
  '/api/organiser/messages/{id}/resolution': {
    parameters: [
      {
        name: 'id',
        in: 'path',
        required: true,
        description: 'As the list of messages has it; it is the local part of the Message-ID, too',
        schema: { type: 'string', maxLength: 200, pattern: '^[A-Za-z0-9_.-]+$' },
        example: message.id,
      },
    ],
    put: command({
      operationId: 'resolveMessage',
      summary: 'Decide about a message that was not delivered',
      description: 'For an organiser. Nothing that may have been sent is sent again without this.',
      takes: ['ResolutionRequest', { resolution: 'resend', reason: 'The speaker has not got it.' }],
      gives: ['Message', { ...message, state: 'pending' }],
      refuses: ['KeptAway', 'NotFound', 'MessageSettled', 'InvalidCommand'],
    }),
  },
  '/api/organiser/templates/{name}': {
    parameters: [
      {
        name: 'name',
        in: 'path',
        required: true,
        description: 'Of the text',
        schema: { type: 'string', maxLength: 40, pattern: '^[a-z-]+$' },
        example: 'accepted',
      },
    ],
    ...readable({
      operationId: 'previewTemplate',
      summary: 'Preview a text to speakers',
      description: 'For an organiser, with a made-up submission.',
      ...read('Preview', { name: 'accepted', isOwn: false, subject: 'Accepted', text: '…', html: '…' }, 'NotFound'),
    }),
  },
  '/api/organiser/audit': readable({
    operationId: 'listCommands',
    summary: 'List who did what, when and why',
    description: 'For an organiser. In the order in which it came on record; it only grows.',
    ...read('Audit', { items: [], next: aCursor, hasMore: false }, 'InvalidQuery'),
    parameters: [...parametersOf(auditQuery), ...parameterRefs('IfNoneMatch', 'RequestId')],
  }),
};

function followed(kind: (typeof operationKinds)[number]) {
  const what = kind === 'announcements' ? 'Announcement' : 'Closing';
  return {
    parameters: parameterRefs('OperationId'),
    ...readable({
      operationId: `read${what}`,
      tags,
      security,
      summary: `Follow ${kind === 'announcements' ? 'an announcement' : 'the closing of the call'}`,
      description: 'For an organiser. `202` while it runs, and `200` when it is over.',
      parameters: parameterRefs('IfNoneMatch', 'RequestId'),
      responses: {
        200: { description: 'It is over', headers: headerRefs(tagged), content: contentOf('Operation', over) },
        202: {
          description: 'It runs, or waits for its time',
          headers: headerRefs({ ...tagged, ...following }),
          content: contentOf('Operation', running),
        },
        304: notModified(followingWhileRunning),
        ...refusalRefs('Unauthorized', 'NotFound', 'TooManyRequests', 'Unavailable'),
      },
    }),
    ...(kind === 'announcements' ? { delete: calledOff } : {}),
  };
}
