import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { createParts } from '../parts.ts';
import { proxyConfig } from './proxy-config.ts';
import { untilListening } from './until-listening.ts';

type Options = {
  program: string;
  folder: string;
  logFile: string;
  host: string;
  port: number;
  /** Addresses of the gateways. */
  gateways: readonly string[];
};

/** nginx with the rules that are shipped. It ends with its part. */
export async function startProxy(
  parts: ReturnType<typeof createParts>,
  { program, folder, logFile, host, port, gateways }: Options,
) {
  await mkdir(folder, { recursive: true });
  const file = join(folder, 'nginx.conf');
  await writeFile(file, proxyConfig({ folder, listen: `${host}:${port}`, gateways }));
  const part = await parts.start({
    name: 'proxy',
    module: new URL('../guard.mjs', import.meta.url),
    args: [program, '-p', folder, '-e', 'stderr', '-c', file],
    env: process.env,
    logFile,
  });
  await Promise.race([untilListening(host, port), part.died]);
  return part;
}
