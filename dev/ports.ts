import { createServer } from 'node:net';
import { portInUse } from '../process/listen.ts';
import { SetupError } from '../process/setup-error.ts';

type Wanted = { setting: string; port: number; host: string };

/** @throws SetupError with all ports in use and their settings */
export async function assertFree(wanted: readonly Wanted[]): Promise<void> {
  const taken: string[] = [];
  for (const { setting, port, host } of wanted) {
    const code = await tryToListen(port, host);
    if (code === 'EADDRINUSE') taken.push(portInUse(port, setting));
    else if (code !== undefined)
      taken.push(`Port ${port} of ${host} can't be listened on (${code}): change ${setting}`);
  }
  if (taken.length > 0) throw new SetupError(taken.join('\n'));
}

function tryToListen(port: number, host: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    server.listen(port, host, () => server.close(() => resolve(undefined)));
  });
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        typeof address === 'object' && address ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });
}
