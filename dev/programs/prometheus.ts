import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { z } from 'zod';
import type { createParts } from '../parts.ts';
import { until } from '../until.ts';

type Options = {
  program: string;
  folder: string;
  port: number;
  /** Hosts and ports of processes, by the job of deploy/prometheus/prometheus.yml. */
  targets: Readonly<Record<string, readonly string[]>>;
};

const host = '127.0.0.1';
const answerSchema = z.object({ data: z.object({ result: z.array(z.unknown()) }) });

/** One that scrapes every second, and not every 15 s as in production: so that nobody waits for it. */
export async function startPrometheus(
  parts: ReturnType<typeof createParts>,
  { program, folder, port, targets }: Options,
) {
  await mkdir(folder, { recursive: true });
  const file = join(folder, 'prometheus.yml');
  const jobs = Object.entries(targets).map(([job, each]) => ({ job_name: job, static_configs: [{ targets: each }] }));
  await writeFile(file, stringify({ global: { scrape_interval: '1s' }, scrape_configs: jobs }));
  const part = await parts.start({
    name: 'prometheus',
    module: new URL('../guard.mjs', import.meta.url),
    args: [program, `--config.file=${file}`, `--storage.tsdb.path=${folder}`, `--web.listen-address=${host}:${port}`],
    env: process.env,
    logFile: join(folder, 'prometheus.log'),
  });
  parts.watch(part);
  const url = `http://${host}:${port}`;
  await Promise.race([until(async () => (await fetch(`${url}/-/ready`)).ok, 'Prometheus is not ready'), part.died]);

  return {
    /** @returns how many series a query finds now @throws Error if it is no query */
    async count(query: string): Promise<number> {
      const response = await fetch(`${url}/api/v1/query?${new URLSearchParams({ query })}`);
      if (!response.ok) throw new Error(`${query}: ${await response.text()}`);
      return answerSchema.parse(await response.json()).data.result.length;
    },
  };
}
