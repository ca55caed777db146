import type { Finding } from '../contract/findings.ts';
import type { Channel, OrganiserChannel } from '../contract/mail/message.ts';
import type { Digest, MessageContent, OrganiserContent, SpeakerContent } from '../contract/mail/message-content.ts';
import { type MessageId, mailIdOf } from '../contract/mail/message-id.ts';
import { omitUndefined } from '../contract/omit-undefined.ts';
import type { SubmissionId } from '../contract/submission-id.ts';
import { createEmail } from './email.ts';
import { usualTemplate } from './load-templates.ts';
import { digestText, organiserText } from './organiser-text.ts';
import { createOutbox } from './outbox.ts';
import type { postJson } from './post-json.ts';
import { render } from './render.ts';
import type { Sending } from './sending.ts';
import { createSlack } from './slack.ts';
import { createWebhook } from './webhook.ts';

type Message = { id: MessageId; submission_id: SubmissionId | null; channel: Channel; content: MessageContent };

export type MessageSender = ReturnType<typeof createMessageSender>;

type Settings = {
  smtpUrl?: string | undefined;
  slackWebhookUrl?: string | undefined;
  webhook?: { url: string; secret: string } | undefined;
  outbox: string;
  /** URL of a submission's page, with the speaker's token: made for each message and never stored. */
  linkOf: (id: SubmissionId, generation?: number) => string;
  http?: Parameters<typeof postJson>[3];
};

export function createMessageSender({ smtpUrl, slackWebhookUrl, webhook, outbox, linkOf, http }: Settings) {
  const files = createOutbox(outbox);
  const byMail = smtpUrl === undefined ? undefined : createEmail(smtpUrl);
  const sendEmail = byMail?.send ?? files.sendEmail;
  const toSlack = slackWebhookUrl === undefined ? undefined : createSlack(slackWebhookUrl, http);
  const toWebhook = webhook && createWebhook(webhook.url, webhook.secret, http);
  const set: OrganiserChannel[] = [];
  if (toSlack) set.push('slack');
  if (toWebhook) set.push('webhook');

  return {
    organiserChannels: set.length > 0 ? set : (['outbox'] satisfies OrganiserChannel[]),

    forget: files.forget,

    close: () => byMail?.close(),

    /** Renders a message, and returns the function that sends it. @throws Error if it can't be rendered */
    async prepare({ id, submission_id, channel, content }: Message): Promise<() => Promise<Sending>> {
      if (content.kind === 'speaker') return prepareEmail(id, submission_id, content.fields);
      const [line, event] =
        content.kind === 'digest'
          ? [digestText(content.fields), asDigestEvent(content.fields)]
          : [organiserText(content.fields), asEvent(content.fields)];
      return () => sendToOrganisers(id, channel, line, event);
    },
  };

  async function prepareEmail(id: MessageId, submission: SubmissionId | null, content: SpeakerContent) {
    if (submission === null) throw new Error(`${id} is about no submission: it can't go to a speaker`);
    const { call, to, release: _, text, template, brokenRules, generation, ...fields } = content;
    const isBroken = (rule: Finding['check']) => brokenRules.some(({ check }) => check === rule);
    const rendered = render(text ?? (await usualTemplate(template)), {
      ...fields,
      call,
      link: template === 'address-replaced' ? '' : linkOf(submission, generation),
      answerBy: content.answerBy,
      hasFeedback: content.feedback.length > 0,
      reasons: brokenRules.map(({ detail }) => detail),
      rejectedFor: { length: isBroken('length'), links: isBroken('links'), language: isBroken('language') },
    });
    const from = { name: call.name, address: call.contact };
    return () => sendEmail({ from, to, messageId: mailIdOf(id, call.contact), ...rendered });
  }

  function sendToOrganisers(id: MessageId, channel: Channel, line: string, event: object): Promise<Sending> {
    if (channel === 'slack' && toSlack) return toSlack(line);
    if (channel === 'webhook' && toWebhook) return toWebhook(id, event);
    return files.writeEvent(id, event);
  }
}

function asEvent({ release, submission, title, call, outcome }: OrganiserContent) {
  const data = omitUndefined({ submission, title, call, outcome });
  return { type: `submission.${release.name}`, timestamp: release.at, data };
}

function asDigestEvent({ day, undelivered, overdue }: Digest) {
  return { type: 'organisers.waiting', timestamp: `${day}T00:00:00.000Z`, data: { undelivered, overdue } };
}
