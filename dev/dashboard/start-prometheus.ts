import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { z } from 'zod';
import { type ClusterPorts, host } from '../cluster/cluster-ports.ts';
import type { createParts } from '../parts.ts';
import { until } from '../until.ts';

type Options = { program: string; folder: string; port: number; operations: ClusterPorts['operations'] };

const answer = z.object({ data: z.object({ result: z.array(z.unknown()) }) });

/** A Prometheus that scrapes a cluster every second, as deploy/prometheus has one that scrapes containers. */
export async function startPrometheus(
  parts: ReturnType<typeof createParts>,
  { program, folder, port, operations }: Options,
) {
  await mkdir(folder, { recursive: true });
  const file = join(folder, 'prometheus.yml');
  await writeFile(file, stringify({ global: { scrape_interval: '1s' }, scrape_configs: jobs(operations) }));
  const part = await parts.start({
    name: 'prometheus',
    module: new URL('../guard.mjs', import.meta.url),
    args: [program, `--config.file=${file}`, `--storage.tsdb.path=${folder}`, `--web.listen-address=${host}:${port}`],
    env: process.env,
    logFile: join(folder, 'prometheus.log'),
  });
  parts.watch(part);
  const url = `http://${host}:${port}`;
  const isReady = async () => (await fetch(`${url}/-/ready`)).ok || undefined;
  await Promise.race([until(isReady, 'Prometheus does not get ready'), part.died]);

  return {
    /** @returns how many series there are now @throws Error if it is no query */
    async count(query: string): Promise<number> {
      const response = await fetch(`${url}/api/v1/query?${new URLSearchParams({ query })}`);
      if (!response.ok) throw new Error(`${query}: ${await response.text()}`);
      return answer.parse(await response.json()).data.result.length;
    },
  };
}

/** A job for each kind of process, by the same names as in deploy/prometheus. */
function jobs(operations: ClusterPorts['operations']) {
  return ['gateway', 'worker'].map((job) => ({
    job_name: job,
    static_configs: [
      {
        targets: Object.entries(operations)
          .filter(([name]) => name.startsWith(job))
          .map(([, port]) => `${host}:${port}`),
      },
    ],
  }));
}
