import type { SendMailOptions } from 'nodemailer';
import { encodeWord } from 'nodemailer/lib/mime-funcs';

export type Email = {
  from: { name: string; address: string };
  to: string;
  subject: string;
  text: string;
  html: string;
  messageId: string;
};

export function asMail({ messageId, to, subject, ...email }: Email): SendMailOptions {
  return {
    ...email,
    // An object is one address; nodemailer would parse a text as a list.
    to: { name: '', address: to },
    subject: literal(subject),
    messageId: `<${messageId}>`,
    // Prevents out-of-office replies (RFC 3834).
    headers: { 'Auto-Submitted': 'auto-generated' },
  };
}

/** Characters in one encoded word, which has at most 75 with its delimiters (RFC 2047, 2). */
const encodedLength = 52;

/** Encodes a subject that looks like an encoded word, which mail programs would decode. */
function literal(subject: string): string {
  return subject.includes('=?') ? encodeWord(subject, 'B', encodedLength) : subject;
}
