import { connect as connectTo, createServer, type Socket } from 'node:net';
import { freePort } from '../../dev/ports.ts';

/** A way to a server, which can be cut and mended: for what is there at first, and then is not, or the other way round. */
export async function aRelayTo(host: string, target: number) {
  const port = await freePort();
  const sockets = new Set<Socket>();
  const relay = createServer((socket) => {
    const upstream = connectTo(target, host);
    socket.pipe(upstream).pipe(socket);
    for (const [one, other] of [
      [socket, upstream],
      [upstream, socket],
    ] as const) {
      sockets.add(one);
      one.on('error', () => other.destroy());
      one.on('close', () => sockets.delete(one));
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
  };
}
