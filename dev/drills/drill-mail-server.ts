import { createOrganiser } from '../../client/index.ts';
import { startSmtp } from '../stand-ins/smtp.ts';

type Behaviour = NonNullable<Parameters<typeof startSmtp>[0]>;

/** A mail server that can go away and come back, and that remembers all that it has taken. */
export async function startDrillMailServer() {
  let behaviour: Behaviour = () => 'take';
  const servers = [await start(0)];
  const { url, port } = servers[0] ?? { url: '', port: 0 };

  function start(wantedPort: number) {
    return startSmtp((recipient) => behaviour(recipient), wantedPort);
  }

  const letters = () => servers.flatMap(({ received }) => received.map(({ messageId = '' }) => messageId));

  return {
    url,

    behave(next: Behaviour): void {
      behaviour = next;
    },

    leave: () => servers.at(-1)?.close(),
    async comeBack(): Promise<void> {
      servers.push(await start(port));
    },

    /** By the ids of the ledger, which the mails carry: so a mail that came twice is counted twice. */
    countIn: (server: string, token: string) => async (submission: string, kind: string) => {
      let count = 0;
      for await (const message of createOrganiser(server, token).messages())
        if (message.submission === submission && message.release === kind)
          count += letters().filter((letter) => letter.startsWith(`<${message.id}@`)).length;
      return count;
    },

    close: () => servers.at(-1)?.close(),
  };
}
