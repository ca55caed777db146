import type { Channel, OrganiserChannel } from '../contract/mail/message.ts';
import type { MessageContent } from '../contract/mail/message-content.ts';
import { messageIdOf } from '../contract/mail/message-id.ts';
import { isReplacement, overtakerOf } from '../contract/mail/overtaken.ts';
import { announcing, isForSpeaker, keyOf, type Release } from '../contract/mail/releases.ts';
import { brokenRules, type MessageSettings, templateOf } from '../contract/message-settings.ts';
import { omitUndefined } from '../contract/omit-undefined.ts';
import { attendanceOf, conclusionOf, generationOf, type SubmissionRecord } from '../contract/record.ts';
import type { NewMessage } from '../store/messages/write-messages.ts';

/** All messages about a submission so far; the store ignores those that it has. */
export function messagesOf(
  record: SubmissionRecord,
  settings: MessageSettings,
  organiserChannels: readonly OrganiserChannel[],
): NewMessage[] {
  const { id, releases = [] } = record.state;
  return releases.flatMap((release) => {
    const key = keyOf(release);
    const content = contentOf(release, record, settings);
    const by = overtakerOf(release, releases);
    const overtaken = by && `Overtaken by “${by.name}” (${by.at}).`;
    const isReplaced = (by && isForSpeaker(release) && isReplacement(release, by)) || undefined;
    const channels: readonly Channel[] = content.kind === 'speaker' ? ['email'] : organiserChannels;
    return channels.map((channel) =>
      omitUndefined({ id: messageIdOf(id, key, channel), release: key, channel, content, overtaken, isReplaced }),
    );
  });
}

function contentOf(
  release: Release,
  { submission, state }: SubmissionRecord,
  { name, contact, timeZone, texts }: MessageSettings,
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
  if (release.name === 'address-replaced') {
    // Perhaps a stranger's: neither names nor the title, whatever the call's own template has.
    const to = state.addresses?.[release.number - 1] ?? speaker.email;
    const nothing = { speaker: { name: '' }, title: '', feedback: [], brokenRules: [] };
    return { kind: 'speaker', fields: omitUndefined({ to, release, call, ...nothing, template, text }) };
  }
  const attendance = attendanceOf(state);
  return {
    kind: 'speaker',
    fields: omitUndefined({
      to: speaker.email,
      release,
      call,
      speaker: { name: speaker.name },
      title,
      answerBy: attendance?.answer === 'awaited' ? asText(attendance.due, timeZone) : undefined,
      feedback: release.name in announcing ? (state.reviews ?? []).flatMap((review) => review.feedback ?? []) : [],
      brokenRules: template === 'rejected-by-rule' ? brokenRules(state) : [],
      template,
      text,
      generation: generationOf(state) || undefined,
    }),
  };
}

function asText(instant: string, timeZone: string): string {
  const style = { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' } as const;
  const time = { hour: '2-digit', minute: '2-digit', timeZoneName: 'short' } as const;
  return new Intl.DateTimeFormat('en-GB', { ...style, ...time, timeZone }).format(new Date(instant));
}
