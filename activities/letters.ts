import type { Letter } from '../contract/mail/letter.ts';
import { brokenRules, type Letterhead, templateOf } from '../contract/mail/letterhead.ts';
import type { Channel } from '../contract/mail/message.ts';
import { messageIdOf } from '../contract/mail/message-id.ts';
import { announcing, isForSpeaker, type Release } from '../contract/mail/releases.ts';
import type { SubmissionRecord } from '../contract/record.ts';
import type { NewMessage } from '../store/messages/write-messages.ts';

/** By which ways the organisers are told. */
export type NoticeChannels = readonly Exclude<Channel, 'email'>[];

/** All messages that a submission has given rise to so far: those that were written before are written once. */
export function messagesOf(record: SubmissionRecord, head: Letterhead, noticeChannels: NoticeChannels): NewMessage[] {
  const { id, releases = [] } = record.state;
  return releases.flatMap((release) => {
    const key = release.number === 1 ? release.name : `${release.name}-${release.number}`;
    const letter = letterOf(release, record, head);
    const ways: readonly Channel[] = letter.kind === 'speaker' ? ['email'] : noticeChannels;
    return ways.map((channel) => ({ id: messageIdOf(id, key, channel), release: key, channel, letter }));
  });
}

function letterOf(release: Release, { submission, state }: SubmissionRecord, head: Letterhead): Letter {
  const { title, speaker } = submission;
  const { name, contact, timeZone, texts } = head;
  if (!isForSpeaker(release)) {
    const outcome = state.conclusion?.kind;
    return {
      kind: 'organisers',
      notice: { release, submission: state.id, title, call: name, ...(outcome ? { outcome } : {}) },
    };
  }
  const template = templateOf(release, state);
  const text = texts?.[template];
  return {
    kind: 'speaker',
    letter: {
      to: speaker.email,
      release,
      call: { name, contact },
      speaker: { name: speaker.name },
      title,
      ...(state.attendance ? { answerBy: asText(state.attendance.due, timeZone) } : {}),
      // What the panel has for the speaker goes with the answer.
      feedback: release.name in announcing ? (state.reviews ?? []).flatMap((review) => review.feedback ?? []) : [],
      brokenRules: template === 'rejected-by-rule' ? brokenRules(state) : [],
      template,
      ...(text ? { text } : {}),
    },
  };
}

/** With the zone, since the speaker may live in another one. */
function asText(instant: string, timeZone: string): string {
  const style = { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' } as const;
  const time = { hour: '2-digit', minute: '2-digit', timeZoneName: 'short' } as const;
  return new Intl.DateTimeFormat('en-GB', { ...style, ...time, timeZone }).format(new Date(instant));
}
