import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { createParts } from '../parts.ts';
import { type ClusterPorts, host } from './cluster-ports.ts';
import { temporalConfig } from './temporal-config.ts';
import { untilListening } from './until-listening.ts';

const run = promisify(execFile);
const shipped = new URL('../../deploy/temporal/', import.meta.url);

type Options = { program: string; folder: string; ports: ClusterPorts; logFile: string };

/** The production server with all of its roles in one process, as the image starts it. */
export async function startTemporal(
  parts: ReturnType<typeof createParts>,
  { program, folder, ports, logFile }: Options,
) {
  const file = join(folder, 'temporal.yaml');
  await writeFile(file, temporalConfig(ports, fileURLToPath(new URL('dynamic-config.yaml', shipped))));
  const part = await parts.start({
    name: 'temporal',
    module: new URL('../guard.mjs', import.meta.url),
    args: [program, '--config-file', file, '--allow-no-auth', 'start'],
    env: process.env,
    logFile,
  });
  await Promise.race([untilListening(host, ports.temporal), part.died]);
  return part;
}

/** By the script of the compose deployment: what is there already stays as it is. */
export async function createTemporalSchema(sqlTool: string, port: number, path: string): Promise<void> {
  const script = fileURLToPath(new URL('create-schema.sh', shipped));
  await run('sh', [script], {
    env: {
      PATH: path,
      SQL_TOOL: sqlTool,
      ...{
        SQL_PLUGIN: 'postgres12',
        SQL_HOST: host,
        SQL_PORT: String(port),
        SQL_USER: 'postgres',
        SQL_PASSWORD: 'none',
      },
    },
  });
}
