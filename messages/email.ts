import { createTransport, type SendMailOptions } from 'nodemailer';
import type { Sending } from './sending.ts';

export type Email = {
  from: { name: string; address: string };
  to: string;
  subject: string;
  text: string;
  html: string;
  /** The same for each attempt: a receiver can tell a repetition. */
  messageId: string;
};

/** Milliseconds to a connection, to the server's first word, and for anything between two words of it. */
const patience = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 30_000 };

/** Sends e-mail by SMTP (RFC 5321), each over a connection of its own. */
export function createEmail(smtpUrl: string, timeouts: Partial<typeof patience> = {}) {
  return async (email: Email): Promise<Sending> => {
    let isDataSent = false;
    const transport = createTransport({
      url: smtpUrl,
      ...patience,
      ...timeouts,
      disableFileAccess: true,
      disableUrlAccess: true,
      transactionLog: true,
      logger: loggerOf((line) => {
        isDataSent ||= line === 'DATA';
      }),
    });
    try {
      const { response } = await transport.sendMail(asMail(email));
      return { kind: 'sent', detail: response };
    } catch (error) {
      return sendingOf(error, isDataSent);
    } finally {
      transport.close();
    }
  };
}

export function asMail({ messageId, ...email }: Email): SendMailOptions {
  // RFC 3834: no out-of-office notice answers it.
  return { ...email, messageId: `<${messageId}>`, headers: { 'Auto-Submitted': 'auto-generated' } };
}

/**
 * A reply of the server is certain. Without one, it depends on how far it came: from the command DATA on, the message may
 * have been taken (RFC 5321, 4.5.3.2 and 6.1).
 */
function sendingOf(error: unknown, isDataSent: boolean): Sending {
  if (!(error instanceof Error)) return { kind: 'unknown', detail: String(error) };
  const detail = error.message;
  const code = 'responseCode' in error && typeof error.responseCode === 'number' ? error.responseCode : undefined;
  const command = 'command' in error ? String(error.command) : '';
  const isReply = code !== undefined && /^(MAIL FROM|RCPT TO|DATA)$/.test(command);
  if (isReply) return { kind: code >= 500 ? 'refused' : 'postponed', detail };
  if (isDataSent) return { kind: 'unknown', detail };
  // An address or a text that nodemailer itself does not send is no better the next time.
  if (command === 'API' && 'code' in error && /^E(ENVELOPE|MESSAGE)$/.test(String(error.code)))
    return { kind: 'refused', detail };
  return { kind: 'postponed', detail };
}

/** Hears the client's own commands. */
function loggerOf(hear: (line: string) => void) {
  const quiet = () => undefined;
  const debug = (entry: { tnx?: string }, line: unknown) => {
    if (entry.tnx === 'client') hear(String(line));
  };
  return { level: quiet, trace: quiet, debug, info: quiet, warn: quiet, error: quiet, fatal: quiet };
}
