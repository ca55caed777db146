import { connect as connectTo, createServer, type Socket } from 'node:net';
import { freePort } from '../../dev/ports.ts';

/**
 * A way to a server, which can be cut and mended: for what is there at first, and then is not, or the other way round. Or it
 * stalls: connections stay, and nothing comes through, nor gets lost.
 */
export async function aRelayTo(host: string, target: number) {
  const port = await freePort();
  const sockets = new Set<Socket>();
  let isStalled = false;
  let unanswered: string | undefined;
  const relay = createServer((socket) => {
    const upstream = connectTo(target, host);
    socket.pipe(upstream).pipe(socket);
    socket.on('data', (content) => {
      if (unanswered !== undefined && content.includes(unanswered)) upstream.pause();
    });
    for (const [one, other] of [
      [socket, upstream],
      [upstream, socket],
    ] as const) {
      sockets.add(one);
      one.on('error', () => other.destroy());
      one.on('close', () => sockets.delete(one));
      if (isStalled) one.pause();
    }
  });

  return {
    port,
    mend: () => new Promise<void>((resolve) => relay.listen(port, '127.0.0.1', resolve)),
    cut: async () => {
      const closed = new Promise<void>((resolve) => relay.close(() => resolve()));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
    stall: () => {
      isStalled = true;
      for (const socket of sockets) socket.pause();
    },
    /** The server gets the next one that has this in it, and its answer is held back. */
    holdAnswerTo: (content: string) => {
      unanswered = content;
    },
    flow: () => {
      [isStalled, unanswered] = [false, undefined];
      for (const socket of sockets) socket.resume();
    },
  };
}
