/** The ways by which messages leave: e-mail to speakers; Slack and a webhook to organisers; files, where none is set. */
import type { Finding } from '../contract/findings.ts';
import type { Digest, Letter, Notice, SpeakerLetter } from '../contract/mail/letter.ts';
import type { Channel } from '../contract/mail/message.ts';
import type { MessageId } from '../contract/mail/message-id.ts';
import type { SubmissionId } from '../contract/submission-id.ts';
import { createEmail } from './email.ts';
import { usualTemplate } from './load-templates.ts';
import { describe, describeDigest } from './notice.ts';
import { createOutbox } from './outbox.ts';
import type { postJson } from './post-json.ts';
import { render } from './render.ts';
import type { Sending } from './sending.ts';
import { createSlack } from './slack.ts';
import { createWebhook } from './webhook.ts';

type Message = { id: MessageId; submission_id: SubmissionId | null; channel: Channel; letter: Letter };

export type PostOffice = ReturnType<typeof createPostOffice>;

type Settings = {
  smtpUrl?: string | undefined;
  slackWebhookUrl?: string | undefined;
  webhook?: { url: string; secret: string } | undefined;
  /** Folder for what has no other way. */
  outbox: string;
  /** The page of a submission, with the speaker's access to it: it is made when a message leaves, and kept nowhere. */
  linkOf: (id: SubmissionId) => string;
  http?: Parameters<typeof postJson>[3];
};

export function createPostOffice({ smtpUrl, slackWebhookUrl, webhook, outbox, linkOf, http }: Settings) {
  const files = createOutbox(outbox);
  const sendEmail = smtpUrl === undefined ? files.sendEmail : createEmail(smtpUrl);
  const toSlack = slackWebhookUrl === undefined ? undefined : createSlack(slackWebhookUrl, http);
  const toWebhook = webhook && createWebhook(webhook.url, webhook.secret, http);
  const noticeChannels = [...(toSlack ? ['slack' as const] : []), ...(toWebhook ? ['webhook' as const] : [])];

  return {
    noticeChannels: noticeChannels.length > 0 ? noticeChannels : ['outbox' as const],

    forget: files.forget,

    /** Writes a message, and gives what sends it. @throws Error where it can't be written */
    async prepare({ id, submission_id, channel, letter }: Message): Promise<() => Promise<Sending>> {
      if (letter.kind === 'speaker') return prepareEmail(id, submission_id, letter.letter);
      const [line, event] =
        letter.kind === 'digest'
          ? [describeDigest(letter.digest), asDigestEvent(letter.digest)]
          : [describe(letter.notice), asEvent(letter.notice)];
      return () => sendNotice(id, channel, line, event);
    },
  };

  async function prepareEmail(id: MessageId, submission: SubmissionId | null, letter: SpeakerLetter) {
    if (submission === null) throw new Error('a letter to a speaker is about a submission');
    const { call, to, release: _, text, template, brokenRules, ...fields } = letter;
    const isBroken = (rule: Finding['check']) => brokenRules.some(({ check }) => check === rule);
    const content = render(text ?? (await usualTemplate(template)), {
      ...fields,
      call,
      link: linkOf(submission),
      answerBy: letter.answerBy,
      hasFeedback: letter.feedback.length > 0,
      reasons: brokenRules.map(({ detail }) => detail),
      rejectedFor: { length: isBroken('length'), links: isBroken('links'), language: isBroken('language') },
    });
    const messageId = `${id}@${call.contact.split('@')[1]}`;
    return () => sendEmail({ from: { name: call.name, address: call.contact }, to, messageId, ...content });
  }

  function sendNotice(id: MessageId, channel: Channel, line: string, event: object): Promise<Sending> {
    if (channel === 'slack' && toSlack) return toSlack(line);
    if (channel === 'webhook' && toWebhook) return toWebhook(id, event);
    // Also what was to go by a way that is not set any more.
    return files.sendNotice(id, event);
  }
}

/** As the organisers' systems read it. */
function asEvent({ release, submission, title, call, outcome }: Notice) {
  const data = { submission, title, call, ...(outcome === undefined ? {} : { outcome }) };
  return { type: `submission.${release.name}`, timestamp: release.at, data };
}

function asDigestEvent({ day, undelivered, overdue }: Digest) {
  return { type: 'organisers.waiting', timestamp: `${day}T00:00:00.000Z`, data: { undelivered, overdue } };
}
