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

/**
 * Above those of well-known programs, and below those that the system gives to outgoing connections: one of these could be
 * taken by any connection before who asked listens.
 */
const between = { least: 10_000, most: 32_000 };

/** Who asks twice before it listens gets two. */
const given = new Set<number>();

/** A port of loopback that nobody listens on, for one run beside whatever else runs on this machine. */
export async function freePort(): Promise<number> {
  const port = somePort();
  if (given.has(port)) return freePort();
  given.add(port);
  return (await tryToListen(port, '127.0.0.1')) === undefined ? port : freePort();
}

/** A base to count on from; whether it is free, isn't looked at. */
export function somePort(): number {
  return between.least + Math.floor(Math.random() * (between.most - between.least));
}
