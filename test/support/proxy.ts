import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { startProxy } from '../../dev/cluster/start-proxy.ts';
import { createParts } from '../../dev/parts.ts';
import { freePort } from '../../dev/ports.ts';

const host = '127.0.0.1';

/** nginx with the rules that are shipped, before these gateways. Ended after the tests of the file. */
export function useProxies(program: string) {
  const parts = createParts();
  const folders: string[] = [];
  afterAll(async () => {
    await parts.stop();
    await Promise.all(folders.map((folder) => rm(folder, { recursive: true })));
  });

  return async (...ports: number[]): Promise<number> => {
    const folder = await mkdtemp(join(tmpdir(), `call-for-speakers-proxy-${process.pid}-`));
    folders.push(folder);
    const port = await freePort();
    const gateways = ports.map((one) => `${host}:${one}`);
    await startProxy(parts, { program, folder, logFile: join(folder, 'proxy.log'), host, port, gateways });
    return port;
  };
}
