import { createServer } from 'node:net';
import { createInterface } from 'node:readline';
import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer, type SMTPServerEnvelope } from 'smtp-server';

/** What the server does with a message: takes it (late), refuses it at a command, or breaks off when it has it. */
type Behaviour =
  | 'take'
  | { takesAfter: Promise<unknown> }
  | { at: 'rcpt' | 'data'; code: number; reply?: string }
  | 'cut'
  | 'hang';

/** A real mail server, on a port of its own. */
export async function startSmtp(
  behaviour: (recipient: string) => Behaviour = () => 'take',
  wantedPort = 0,
  { hidesUtf8 = false } = {},
) {
  const received: ParsedMail[] = [];
  const envelopes: SMTPServerEnvelope[] = [];
  const sockets = new Set<{ destroy: () => void }>();
  const cut = () => {
    for (const socket of sockets) socket.destroy();
  };
  let connections = 0;
  const server = new SMTPServer({
    authOptional: true,
    hideSMTPUTF8: hidesUtf8,
    disabledCommands: ['STARTTLS'],
    onRcptTo({ address }, _session, callback) {
      const does = behaviour(address);
      const isRefused = typeof does === 'object' && 'at' in does && does.at === 'rcpt';
      callback(isRefused ? Object.assign(new Error(does.reply ?? 'not here'), { responseCode: does.code }) : undefined);
    },
    onData(stream, { envelope }, callback) {
      const does = behaviour(envelope.rcptTo[0]?.address ?? '');
      simpleParser(stream)
        .then(async (mail) => {
          if (typeof does === 'object' && 'takesAfter' in does) await does.takesAfter;
          else if (typeof does === 'object') {
            callback(Object.assign(new Error('not this'), { responseCode: does.code }));
            return;
          }
          received.push(mail);
          envelopes.push(envelope);
          if (does === 'take' || typeof does === 'object') callback(null);
          if (does === 'cut') cut();
        })
        .catch(callback);
    },
  });
  server.server.on('connection', (socket) => {
    connections += 1;
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(wantedPort, '127.0.0.1', resolve));
  const address = server.server.address();
  const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
  return {
    url: `smtp://127.0.0.1:${port}`,
    port,
    received,
    envelopes,

    /** How many there were so far. */
    get connections(): number {
      return connections;
    },

    get openConnections(): number {
      return sockets.size;
    },

    /** As by a server that ends what is idle, or is started anew. */
    cut,

    close: async () => {
      cut();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

/** A mail server that takes one message, and then breaks each connection at a line, which it may have read or not. */
export async function startBreaking(at: 'MAIL' | 'DATA' | '.') {
  let messages = 0;
  const server = createServer((socket) => {
    const answer = (reply: string) => socket.write(`${reply}\r\n`);
    let isMessage = false;
    socket.on('error', () => undefined);
    answer('220 ready');
    createInterface(socket).on('line', (line) => {
      const isLast = messages > 0 && line.startsWith(at) && isMessage === (at === '.');
      if (isMessage && line === '.') {
        messages += 1;
        isMessage = false;
        if (!isLast) answer('250 taken');
      } else if (line === 'DATA') {
        isMessage = !isLast;
        if (!isLast) answer('354 go on');
      } else if (!isMessage && !isLast) answer('250 well');
      if (isLast) socket.destroy();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    url: `smtp://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`,
    get messages(): number {
      return messages;
    },
    close: () => server.close(),
  };
}
