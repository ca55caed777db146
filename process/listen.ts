import type { Server } from 'node:net';
import { SetupError } from './setup-error.ts';

/** `setting`: the one that the port is from. */
type Address = { host: string; port: number; setting: string };

/** @throws SetupError if the port is in use */
export function listen(server: Server, { host, port, setting }: Address): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = (cause: NodeJS.ErrnoException) =>
      reject(cause.code === 'EADDRINUSE' ? new SetupError(portInUse(port, setting), { cause }) : cause);
    server.once('error', fail);
    server.listen(port, host, () => {
      server.off('error', fail);
      resolve();
    });
  });
}

export function portInUse(port: number, setting: string): string {
  return `Port ${port} is in use: stop the program that listens there, or set ${setting} to another port`;
}
