import type { Email } from './as-mail.ts';
import { type MailLine, openMailLine } from './mail-line.ts';
import type { Sending } from './sending.ts';

/** Milliseconds; `socketTimeout` limits silence. */
const timeouts = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 30_000 };

/** Milliseconds in which nothing is tried with a server that did not even greet: each letter would wait as long for it. */
const restTime = 30_000;

/** Milliseconds that a connection is kept for the next mail: long in a rush, and shorter than any server waits for one. */
const idleTimeout = 5_000;

type Options = Partial<typeof timeouts & { idleTimeout: number }>;

/** Sends by connections that are kept for a moment, as many as mails are sent at a time: each carries one at a time. */
export function createEmail(smtpUrl: string, changed: Options = {}) {
  const lines: MailLine[] = [];
  let restsUntil = 0;

  return {
    async send(email: Email): Promise<Sending> {
      if (performance.now() < restsUntil) return { kind: 'postponed', detail: silent };
      // The one that was used last: the others come to their end.
      const line = lines.pop() ?? openMailLine(smtpUrl, { ...timeouts, idleTimeout, ...changed });
      try {
        return await line.send(email);
      } catch (error) {
        if (isSilence(error)) restsUntil = performance.now() + restTime;
        return sendingOf(error, line.isDataSent);
      } finally {
        lines.push(line);
      }
    },

    close(): void {
      for (const line of lines) line.close();
    },
  };
}

const silent = 'The mail server did not answer another message a moment ago.';

/**
 * Whether there was neither a connection nor a greeting in time. No recipient can bring that about, as one can whose address
 * or letter the server takes long to check.
 */
function isSilence(error: unknown): boolean {
  if (!(error instanceof Error) || !('code' in error) || !('command' in error)) return false;
  const isLater = 'timeoutType' in error && error.timeoutType === 'SOCKET_TIMEOUT';
  return error.code === 'ETIMEDOUT' && error.command === 'CONN' && !isLater;
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
