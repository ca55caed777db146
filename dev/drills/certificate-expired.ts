/** The certificate of Temporal's front door expires. */
import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer, type TLSSocket } from 'node:tls';
import { freePort } from '../ports.ts';
import { createAuthority } from './drill-certificates.ts';
import type { Drill } from './drill-type.ts';
import { playScene } from './scene.ts';

const days = 30;

export const certificateExpired: Drill = {
  about: "the certificate of Temporal's front door has expired",

  async run(options) {
    const folder = await mkdtemp(join(tmpdir(), `call-for-speakers-certificates-${process.pid}-`));
    const authority = await createAuthority(folder);
    const door = await openDoor(await authority.sign(days));
    const wishes = {
      page: 'certificate-expired',
      through: async (temporalPort: number) => ({
        TEMPORAL_ADDRESS: await door.leadTo(temporalPort),
        TEMPORAL_TLS: 'true',
        TEMPORAL_TLS_SERVER_CA_CERT_PATH: authority.file,
      }),
      restarts: { certificate: async () => door.present(await authority.sign(days)) },
    };
    try {
      await playScene(options, wishes, async ({ page, say, talks, watch, until, repair, health }) => {
        const [first = ''] = talks.ids;
        door.present(await authority.sign(-1));
        door.dropAll();
        const submitting = talks.submit(2);
        await until(async () => (await health()).includes('"temporal":{"up":false'), 'the health does not tell of it');
        say(`the gateway says ${await health()}; a poll gets ${(await talks.read(first)).code}`);
        await watch.untilHolds('PartUnreachable');

        await repair(async () => {
          say(`a look: ${await page.run('Look')}`.trimEnd());
          await page.run('Do');
          await until(async () => page.run('Check').then(() => true), 'Temporal is not reached');
        });
        await submitting;
        say('the two that waited are submitted');
        await watch.untilOver('PartUnreachable');
        say(await talks.toTheirEnds());
      });
    } finally {
      await door.close();
      await rm(folder, { recursive: true });
    }
  },
};

/** TLS in front of a port. */
async function openDoor(certificate: { key: Buffer; cert: Buffer }) {
  const sockets = new Set<TLSSocket>();
  const port = await freePort();
  let target = 0;
  const server = createServer({ ...certificate, ALPNProtocols: ['h2'] }, (socket) => {
    const upstream = connect({ host: '127.0.0.1', port: target });
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    for (const end of [socket, upstream]) end.on('error', () => [socket, upstream].map((one) => one.destroy()));
    socket.pipe(upstream).pipe(socket);
  });
  server.on('tlsClientError', () => undefined);
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));

  const dropAll = () => sockets.forEach((socket) => void socket.destroy());
  return {
    async leadTo(temporalPort: number): Promise<string> {
      target = temporalPort;
      return `127.0.0.1:${port}`;
    },
    present: (next: { key: Buffer; cert: Buffer }): void => server.setSecureContext(next),
    dropAll,
    close(): Promise<void> {
      dropAll();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
