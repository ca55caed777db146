import { createTransport, type SendMailOptions } from 'nodemailer';
import { encodeWord } from 'nodemailer/lib/mime-funcs';
import type { Sending } from './sending.ts';

export type Email = {
  from: { name: string; address: string };
  to: string;
  subject: string;
  text: string;
  html: string;
  messageId: string;
};

/** Milliseconds; `socketTimeout` limits silence. */
const timeouts = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 30_000 };

/** Milliseconds in which nothing is tried with a server that did not even greet: each letter would wait as long for it. */
const restTime = 30_000;

export function createEmail(smtpUrl: string, changed: Partial<typeof timeouts> = {}) {
  let restsUntil = 0;
  return async (email: Email): Promise<Sending> => {
    if (performance.now() < restsUntil) return { kind: 'postponed', detail: silent };
    let isDataSent = false;
    let isUtf8Offered = false;
    const transport = createTransport({
      url: smtpUrl,
      ...timeouts,
      ...changed,
      disableFileAccess: true,
      disableUrlAccess: true,
      transactionLog: true,
      logger: loggerOf({
        client: (line) => {
          isDataSent ||= line === 'DATA';
        },
        server: (reply) => {
          isUtf8Offered ||= /^250[ -]SMTPUTF8\b/im.test(reply);
        },
      }),
    });
    try {
      // Checked before sending: during the transaction it is too late to refuse the message.
      if (isUtf8Needed(email.to) && (await transport.verify()) && !isUtf8Offered)
        return { kind: 'refused', detail: noUtf8 };
      const { response } = await transport.sendMail(asMail(email));
      return { kind: 'sent', detail: response };
    } catch (error) {
      if (isSilence(error)) restsUntil = performance.now() + restTime;
      return sendingOf(error, isDataSent);
    } finally {
      transport.close();
    }
  };
}

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

const silent = 'The mail server did not answer another message a moment ago.';

/** Whether there was neither a connection nor a greeting in time. No recipient can bring that about. */
function isSilence(error: unknown): boolean {
  if (!(error instanceof Error) || !('code' in error) || !('command' in error)) return false;
  return error.code === 'ETIMEDOUT' && error.command === 'CONN';
}

/**
 * A reply of the server is certain. Without a reply, the server may have taken the message from the DATA command on
 * (RFC 5321, 4.5.3.2 and 6.1).
 */
function sendingOf(error: unknown, isDataSent: boolean): Sending {
  if (!(error instanceof Error)) return { kind: 'unknown', detail: String(error) };
  const detail = error.message;
  const code = 'responseCode' in error && typeof error.responseCode === 'number' ? error.responseCode : undefined;
  const command = 'command' in error ? String(error.command) : '';
  const isReply = code !== undefined && /^(MAIL FROM|RCPT TO|DATA)$/.test(command);
  if (isReply) return { kind: code >= 500 ? 'refused' : 'postponed', detail };
  if (isDataSent) return { kind: 'unknown', detail };
  if (command === 'API' && 'code' in error && /^E(ENVELOPE|MESSAGE)$/.test(String(error.code)))
    return { kind: 'refused', detail };
  return { kind: 'postponed', detail };
}

const noUtf8 =
  'The mail server does not offer SMTPUTF8 (RFC 6531), which an address with letters beyond ASCII before its @ needs.';

function isUtf8Needed(address: string): boolean {
  return /\P{ASCII}/u.test(address.slice(0, address.lastIndexOf('@')));
}

function loggerOf(onLine: Record<'client' | 'server', (line: string) => void>) {
  const quiet = () => undefined;
  const debug = ({ tnx }: { tnx?: string }, line: unknown) => {
    if (tnx === 'client' || tnx === 'server') onLine[tnx](String(line));
  };
  return { level: quiet, trace: quiet, debug, info: quiet, warn: quiet, error: quiet, fatal: quiet };
}
