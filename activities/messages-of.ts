import type { Channel, OrganiserChannel } from '../contract/mail/message.ts';
import type { MessageContent } from '../contract/mail/message-content.ts';
import { messageIdOf } from '../contract/mail/message-id.ts';
import { isReplacement, overtakerOf } from '../contract/mail/overtaken.ts';
import { announcing, isForSpeaker, isImpersonal, keyOf, type Release, receiptOf } from '../contract/mail/releases.ts';
import { brokenRules, type MessageSettings, templateOf } from '../contract/message-settings.ts';
import { omitUndefined } from '../contract/omit-undefined.ts';
import { addressOf, attendanceOf, conclusionOf, generationOf, type SubmissionRecord } from '../contract/record.ts';
import type { SubmissionState } from '../contract/state.ts';
import type { Submission } from '../contract/submission.ts';
import { dateAndTime } from '../contract/text/date-and-time.ts';
import type { NewMessage } from '../store/messages/write-messages.ts';

/** All messages about a submission so far; the store ignores those that it has. */
export function messagesOf(
  record: SubmissionRecord,
  settings: MessageSettings,
  organiserChannels: readonly OrganiserChannel[],
): NewMessage[] {
  const { state } = record;
  const releases = releasesOf(state, settings);
  return releases.flatMap((release) => {
    const key = keyOf(release);
    const content = contentOf(release, record, settings);
    const by = overtakerOf(release, releases);
    const overtaken = by && `Overtaken by “${by.name}” (${by.at}).`;
    const isReplaced = (by && isForSpeaker(release) && isReplacement(release, by)) || undefined;
    const channels: readonly Channel[] = content.kind === 'speaker' ? ['email'] : organiserChannels;
    return channels.map((channel) =>
      omitUndefined({ id: messageIdOf(state.id, key, channel), release: key, channel, content, overtaken, isReplaced }),
    );
  });
}

/** Who has proved the address has no use for the receipt any more. */
function releasesOf(state: SubmissionState, { receipt }: MessageSettings): Release[] {
  const { releases = [], proved, silenced } = state;
  return receipt && !proved && !silenced ? [receiptOf(state), ...releases] : releases;
}

function contentOf(
  release: Release,
  { submission, state }: SubmissionRecord,
  { name, contact, timeZone, texts, receipt }: MessageSettings,
): MessageContent {
  const { title, speaker } = submission;
  if (!isForSpeaker(release)) {
    const outcome = conclusionOf(state)?.kind;
    return {
      kind: 'organisers',
      fields: omitUndefined({ release, submission: state.id, title, call: name, outcome }),
    };
  }
  const call = { name, contact };
  const template = templateOf(release, state);
  const text = texts?.[template];
  const recipient = recipientOf(release, submission, state);
  if (isImpersonal(release)) {
    // Perhaps a stranger's: neither names nor the title, whatever the call's own template has.
    const nothing = { speaker: { name: '' }, title: '', feedback: [], brokenRules: [] };
    const origin = release.name === 'receipt' ? receipt?.origin : undefined;
    const fields = { ...recipient, release, call, ...nothing, template, text, origin };
    return { kind: 'speaker', fields: omitUndefined(fields) };
  }
  const attendance = attendanceOf(state);
  return {
    kind: 'speaker',
    fields: omitUndefined({
      ...recipient,
      release,
      call,
      speaker: { name: speaker.name },
      title,
      answerBy: attendance?.answer === 'awaited' ? dateAndTime(attendance.due, timeZone) : undefined,
      feedback: release.name in announcing ? (state.reviews ?? []).flatMap((review) => review.feedback ?? []) : [],
      brokenRules: template === 'rejected-by-rule' ? brokenRules(state) : [],
      template,
      text,
      newsText: texts?.news,
      generation: generationOf(state) || undefined,
    }),
  };
}

/** With the number of the address, or of the co-speaker, for the token in the link. */
function recipientOf({ to, coSpeaker }: Release, { speaker }: Submission, state: SubmissionState) {
  const invited = state.coSpeakers?.find(({ number }) => number === coSpeaker);
  if (invited) return { to: invited.email, number: invited.number };
  const number = to ?? addressOf(state);
  return { to: state.addresses?.[number] ?? speaker.email, number: number || undefined };
}
