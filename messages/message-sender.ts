import type { Finding } from '../contract/findings.ts';
import type { Channel, OrganiserChannel } from '../contract/mail/message.ts';
import type {
  Digest,
  LinkTo,
  MessageContent,
  OrganiserContent,
  SpeakerContent,
} from '../contract/mail/message-content.ts';
import { type MessageId, mailIdOf } from '../contract/mail/message-id.ts';
import type { Template, TemplateName } from '../contract/mail/message-templates.ts';
import { isImpersonal } from '../contract/mail/releases.ts';
import { omitUndefined } from '../contract/omit-undefined.ts';
import type { SubmissionId } from '../contract/submission-id.ts';
import { dateAndTime } from '../contract/text/date-and-time.ts';
import { inert, shortened } from '../contract/text/inert.ts';
import { createEmail } from './email.ts';
import { usualTemplate } from './load-templates.ts';
import { digestText, organiserText } from './organiser-text.ts';
import { createOutbox } from './outbox.ts';
import type { postJson } from './post-json.ts';
import { render } from './render.ts';
import type { Sending } from './sending.ts';
import { createSlack } from './slack.ts';
import { createWebhook } from './webhook.ts';

type Message = {
  id: MessageId;
  submission_id: SubmissionId | null;
  channel: Channel;
  content: MessageContent;
  /** Whether the address is proved; until then, a letter has the call's own words alone (contract H38). */
  isProved: boolean;
};

/** `holder`: the address in lower case, as the link has it. `to`: as the talks have it. `text`: the call's own. */
export type AccessMail = {
  id: string;
  holder: string;
  to: string;
  call: SpeakerContent['call'];
  timeZone: string;
  text?: Template;
};

/** Fields without a word of a submitter. */
const withoutWords = {
  ...{ speaker: { name: '' }, title: '', shortTitle: '', feedback: [], hasFeedback: false, reasons: [] },
  rejectedFor: { length: false, links: false, language: false },
};

export type MessageSender = ReturnType<typeof createMessageSender>;

type Settings = {
  smtpUrl?: string | undefined;
  slackWebhookUrl?: string | undefined;
  webhook?: { url: string; secret: string } | undefined;
  outbox: string;
  /** URL of a submission's page, with a token: made for each message and never stored. */
  linkOf: (id: SubmissionId, to: LinkTo) => string;
  /** URL of all talks of an address, and until when it works. Only workers that answer requests for access need it. */
  linkToTalks?: (holder: string) => { link: string; until: Date };
  http?: Parameters<typeof postJson>[3];
};

export function createMessageSender({
  smtpUrl,
  slackWebhookUrl,
  webhook,
  outbox,
  linkOf,
  linkToTalks,
  http,
}: Settings) {
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
    async prepare({ id, submission_id, channel, content, isProved }: Message): Promise<() => Promise<Sending>> {
      if (content.kind === 'speaker')
        return prepareEmail(id, submission_id, isProved ? content.fields : impersonal(content.fields));
      const [line, event] =
        content.kind === 'digest'
          ? [digestText(content.fields), asDigestEvent(content.fields)]
          : [organiserText(content.fields), asEvent(content.fields)];
      return () => sendToOrganisers(id, channel, line, event);
    },

    /** A link to the talks of an address: the call's own words alone, for whoever reads its mail (contract H39). */
    async prepareAccess({ id, holder, to, call, timeZone, text }: AccessMail): Promise<() => Promise<Sending>> {
      if (linkToTalks === undefined) throw new Error('this worker makes no links to the talks of an address');
      const { link, until } = linkToTalks(holder);
      const rendered = render(text ?? (await usualTemplate('access')), {
        ...withoutWords,
        ...{ call, link, answerBy: dateAndTime(until.toISOString(), timeZone), answerDay: undefined },
      });
      const from = { name: call.name, address: call.contact };
      return () => sendEmail({ from, to, messageId: mailIdOf(`access.${id}`, call.contact), ...rendered });
    },
  };

  async function prepareEmail(id: MessageId, submission: SubmissionId | null, content: SpeakerContent) {
    if (submission === null) throw new Error(`${id} is about no submission: it can't go to a speaker`);
    const { call, to, text, template, brokenRules, answerBy, answerDay, speaker, title, feedback } = content;
    const isBroken = (rule: Finding['check']) => brokenRules.some(({ check }) => check === rule);
    const rendered = render(text ?? (await usualTemplate(template)), {
      call,
      speaker: { name: inert(speaker.name) },
      title: inert(title),
      shortTitle: shortened(inert(title)),
      link: template === 'address-replaced' ? '' : linkOf(submission, linkIn(content)),
      answerBy,
      answerDay,
      feedback,
      hasFeedback: feedback.length > 0,
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

/** The call's own words in the place of a letter, without one of the submitter's (contract H38, decision 12). */
function impersonal({ newsText, ...content }: SpeakerContent): SpeakerContent {
  const { to, release, call, number, answerBy, origin } = content;
  if (isImpersonal(release)) return content;
  const nothing = { speaker: { name: '' }, title: '', feedback: [], brokenRules: [], template: 'news' as const };
  return omitUndefined({ to, release, call, number, answerBy, origin, text: newsText, ...nothing });
}

function linkIn({ template, release, generation = 0, number = 0 }: SpeakerContent): LinkTo {
  // In the call's own words, too: the number is that of the co-speaker.
  const purpose = purposeOf[release.name === 'co-speaker-told' ? release.name : template];
  return purpose ? { purpose, number } : { generation };
}

/** Of the tokens in letters whose link is no speaker's. */
const purposeOf: Partial<Record<TemplateName, Extract<LinkTo, { purpose: unknown }>['purpose']>> = {
  receipt: 'proof',
  news: 'proof',
  'address-proof': 'proof',
  'address-changing': 'undo',
  'co-speaker-invited': 'co-speaker',
  'co-speaker-told': 'co-speaker',
};

function asEvent({ release, submission, code, title, call, outcome }: OrganiserContent) {
  const data = omitUndefined({ submission, code, title, call, outcome });
  return { type: `submission.${release.name}`, timestamp: release.at, data };
}

function asDigestEvent({ day, undelivered, overdue }: Digest) {
  return { type: 'organisers.waiting', timestamp: `${day}T00:00:00.000Z`, data: { undelivered, overdue } };
}
