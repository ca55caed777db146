import type { Channel, OrganiserChannel } from '../contract/mail/message.ts';
import type { MessageContent } from '../contract/mail/message-content.ts';
import { messageIdOf } from '../contract/mail/message-id.ts';
import { isReplacement, overtakerOf } from '../contract/mail/overtaken.ts';
import {
  announcing,
  isForSpeaker,
  isImpersonal,
  isToSpeaker,
  keyOf,
  overLimitOf,
  type Release,
  receiptOf,
} from '../contract/mail/releases.ts';
import { brokenRules, type MessageSettings, templateOf } from '../contract/message-settings.ts';
import { omitUndefined } from '../contract/omit-undefined.ts';
import {
  addressOf,
  attendanceOf,
  conclusionOf,
  generationOf,
  isProvedAddress,
  type SubmissionRecord,
} from '../contract/record.ts';
import type { SubmissionState } from '../contract/state.ts';
import type { Submission } from '../contract/submission.ts';
import { dateAndTime } from '../contract/text/date-and-time.ts';
import type { NewMessage } from '../store/messages/write-messages.ts';
import type { Noticed } from '../store/records/records.ts';

/** All messages about a submission so far; the store ignores those that it has. */
export function messagesOf(
  record: SubmissionRecord,
  settings: MessageSettings,
  organiserChannels: readonly OrganiserChannel[],
  noticed: Noticed,
): NewMessage[] {
  const { state } = record;
  const releases = releasesOf(state, settings, noticed);
  return releases.flatMap((release) => {
    const key = keyOf(release);
    const content = contentOf(release, record, settings);
    const { overtaken, isReplaced } = overtakenIn(state, release, releases);
    const channels: readonly Channel[] = content.kind === 'speaker' ? ['email'] : organiserChannels;
    return channels.map((channel) =>
      omitUndefined({ id: messageIdOf(state.id, key, channel), release: key, channel, content, overtaken, isReplaced }),
    );
  });
}

function releasesOf(state: SubmissionState, { receipt }: MessageSettings, { isOverLimit }: Noticed): Release[] {
  const atFirst = [...(receipt ? [receiptOf(state)] : []), ...(isOverLimit ? [overLimitOf(state)] : [])];
  return [...atFirst, ...(state.releases ?? [])];
}

/** Why a message is not sent any more. */
function overtakenIn(
  state: SubmissionState,
  release: Release,
  releases: readonly Release[],
): Pick<NewMessage, 'overtaken' | 'isReplaced'> {
  if (release.name === 'receipt' && state.proved) return { overtaken: 'The address is proved.', isReplaced: true };
  if (state.silenced && isToSpeaker(release))
    return { overtaken: 'Whoever reads the mail to this address has not submitted the talk.', isReplaced: true };
  const by = overtakerOf(release, releases);
  if (by === undefined) return {};
  const overtaken = `Overtaken by “${by.name}” (${by.at}).`;
  return isForSpeaker(release) && isReplacement(release, by) ? { overtaken, isReplaced: true } : { overtaken };
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
      fields: omitUndefined({ release, submission: state.id, code: state.code, title, call: name, outcome }),
    };
  }
  const call = { name, contact };
  const template = templateOf(release, state);
  const text = texts?.[template];
  const recipient = recipientOf(release, submission, state);
  if (isImpersonal(release)) {
    // Perhaps a stranger's: neither names nor the title, whatever the call's own template has.
    const nothing = { speaker: { name: '' }, title: '', feedback: [], brokenRules: [] };
    const isToProved = release.to !== undefined && isProvedAddress(state, release.to) ? (true as const) : undefined;
    const fields = { ...recipient, release, call, ...nothing, template, text, origin: receipt?.origin, isToProved };
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
      ...(attendance?.answer === 'awaited' && answerUntil(attendance.due, timeZone)),
      feedback: release.name in announcing ? (state.reviews ?? []).flatMap((review) => review.feedback ?? []) : [],
      brokenRules: template === 'rejected-by-rule' ? brokenRules(state) : [],
      template,
      text,
      newsText: texts?.news,
      origin: receipt?.origin,
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

function answerUntil(due: string, timeZone: string) {
  const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', timeZone });
  return { answerBy: dateAndTime(due, timeZone), answerDay: day.format(new Date(due)) };
}
