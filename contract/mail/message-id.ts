import { parseSubmissionId, type SubmissionId } from '../submission-id.ts';
import type { Channel } from './message.ts';

/** `submission.release.channel` or `digest.day.channel`. */
export type MessageId = string & { readonly __brand: 'MessageId' };

/** Without characters that end a text in a database. */
export const messageIdPattern = /^[\w.-]{1,120}$/;

/** @throws RangeError if the parts make no id */
export function messageIdOf(about: SubmissionId | 'digest', release: string, channel: Channel): MessageId {
  const id = parseMessageId(`${about}.${release}.${channel}`);
  if (id === undefined) throw new RangeError(`${about}.${release}.${channel} is no id of a message`);
  return id;
}

export function parseMessageId(text: string): MessageId | undefined {
  return isMessageId(text) ? text : undefined;
}

/** Unique `Message-ID` of an e-mail, the same for each attempt, so that receivers recognise a repetition. */
export function mailIdOf(id: string, contact: string): string {
  return `${id}@${contact.split('@')[1]}`;
}

export function submissionOfMessage(id: MessageId): SubmissionId | undefined {
  return parseSubmissionId(id.split('.', 1).join());
}

function isMessageId(text: string): text is MessageId {
  return messageIdPattern.test(text);
}
