import { connect as connectTo, createServer, type Socket } from 'node:net';
import { freePort } from '../ports.ts';

/**
 * A way to a server, which can be cut and mended: for what is there at first, and then is not, or the other way round. Or it
 * stalls: neither side hears anything of the other one, not even that it is gone, until all of it flows again.
 */
export async function aRelayTo(host: string, target: number) {
  const port = await freePort();
  const sockets = new Set<Socket>();
  const held: (() => void)[] = [];
  let isStalled = false;
  let unanswered: string | undefined;

  const relay = createServer({ allowHalfOpen: true }, (socket) => {
    const upstream = connectTo({ host, port: target, allowHalfOpen: true });
    let isSilent = false;
    for (const [from, to] of [
      [socket, upstream],
      [upstream, socket],
    ] as const) {
      const pass = (act: () => void) => (isStalled || isSilent ? void held.push(act) : act());
      sockets.add(from);
      from.on('data', (content) => {
        pass(() => to.write(content));
        if (from === socket && unanswered !== undefined && content.includes(unanswered)) isSilent = true;
      });
      from.on('end', () => pass(() => to.end()));
      from.on('error', () => pass(() => to.destroy()));
      from.on('close', () => sockets.delete(from));
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
    },
    /** The server gets the next one that has this in it, and nothing is heard of it, nor of its connection, any more. */
    stallAfter: (content: string) => {
      unanswered = content;
    },
    flow: () => {
      [isStalled, unanswered] = [false, undefined];
      for (const act of held.splice(0)) act();
    },
  };
}

/** One to a PostgreSQL, mended, and the URL of the database by its way. */
export async function aRelayToDatabase(location: string) {
  const through = new URL(location);
  const relay = await aRelayTo(through.hostname, Number(through.port));
  await relay.mend();
  through.port = String(relay.port);
  return { relay, through: through.href };
}
