import { createTransport } from 'nodemailer';
import { asMail, type Email } from './as-mail.ts';
import type { Sending } from './sending.ts';

type Times = { connectionTimeout: number; greetingTimeout: number; socketTimeout: number; idleTimeout: number };

export type MailLine = ReturnType<typeof openMailLine>;

/** A connection to the mail server, for one mail at a time; it is made anew for a mail if there is none any more. */
export function openMailLine(url: string, times: Times) {
  let isDataSent = false;
  let isUtf8Offered = false;
  const transport = createTransport({
    url,
    ...times,
    pool: true,
    maxConnections: 1,
    // Where the server has closed one that was kept, and nothing of the mail was sent.
    maxRequeues: 1,
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

  return {
    /** Whether the server may have the last mail. */
    get isDataSent(): boolean {
      return isDataSent;
    },

    async send(email: Email): Promise<Sending> {
      isDataSent = false;
      // Checked before sending: during the transaction it is too late to refuse the message.
      if (isUtf8Needed(email.to) && (await transport.verify()) && !isUtf8Offered)
        return { kind: 'refused', detail: noUtf8 };
      const { response } = await transport.sendMail(asMail(email));
      return { kind: 'sent', detail: response };
    },

    close: () => transport.close(),
  };
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
