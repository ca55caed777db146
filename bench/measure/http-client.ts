import { connect, type Socket } from 'node:net';

export type Answer = { status: number; head: string; body: string };

export type HttpClient = ReturnType<typeof createHttpClient>;

/** Milliseconds; less than any server keeps a connection that is idle. One that it closes meanwhile would lose a request. */
const idleTime = 3_000;

/**
 * A client that costs a fraction of what a server does: with Node's own, both cores would be busy with the callers, and all
 * servers would look alike. It reads answers with a Content-Length, over as many connections as it has callers.
 */
export function createHttpClient(origin: string) {
  const { hostname, port, host } = new URL(origin);
  /** Since when each is idle. */
  const idle = new Map<Socket, number>();

  function idleSocket(): Socket | undefined {
    for (const [socket, since] of idle) {
      idle.delete(socket);
      if (performance.now() - since < idleTime) return socket;
      socket.destroy();
    }
    return undefined;
  }

  function send(method: string, path: string, { content, headers = '' }: { content?: string; headers?: string } = {}) {
    const length =
      content === undefined
        ? ''
        : `Content-Type: application/json\r\nContent-Length: ${Buffer.byteLength(content)}\r\n`;
    const text = `${method} ${path} HTTP/1.1\r\nHost: ${host}\r\n${length}${headers}\r\n${content ?? ''}`;
    return new Promise<Answer>((resolve, reject) => {
      const socket = idleSocket() ?? connect({ host: hostname, port: Number(port), noDelay: true });
      let received = '';
      socket.once('error', reject).once('close', () => reject(new Error(`${host} closed the connection`)));
      socket.on('data', (data) => {
        received += data.toString('latin1');
        const answer = parsed(received);
        if (answer === undefined) return;
        socket.removeAllListeners();
        // The server may close an idle connection at any time.
        socket.on('error', () => undefined).once('close', () => idle.delete(socket));
        idle.set(socket, performance.now());
        resolve(answer);
      });
      socket.write(text);
    });
  }

  return {
    send,

    /** @throws Error unless the answer is a success */
    async get(path: string): Promise<Answer> {
      const answer = await send('GET', path);
      if (answer.status >= 300) throw new Error(`${origin}${path} answers ${answer.status}`);
      return answer;
    },

    close: () => {
      for (const socket of idle.keys()) socket.destroy();
      idle.clear();
    },
  };
}

export function headerOf({ head }: Answer, name: string): string | undefined {
  return new RegExp(`^${name}: (.*)$`, 'im').exec(head)?.[1];
}

/** @returns `undefined` until the answer is whole */
function parsed(received: string): Answer | undefined {
  const end = received.indexOf('\r\n\r\n');
  if (end < 0) return undefined;
  const head = received.slice(0, end);
  const status = Number(head.slice(9, 12));
  const body = received.slice(end + 4);
  const length = status === 304 || status === 204 ? 0 : Number(/^content-length: (\d+)/im.exec(head)?.[1]);
  if (Number.isNaN(length)) throw new Error(`an answer without Content-Length: ${head}`);
  return body.length < length ? undefined : { status, head, body };
}
