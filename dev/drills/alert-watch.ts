import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse, stringify } from 'yaml';
import { z } from 'zod';
import { createParts } from '../parts.ts';
import { freePort } from '../ports.ts';
import { findDebianProgram } from '../programs/debian.ts';
import { until } from '../until.ts';
import { longestRepair } from './runbook-page.ts';

const rulesFile = new URL('../../deploy/prometheus/alerts.yml', import.meta.url);

const rulesSchema = z.object({
  groups: z.array(z.object({ rules: z.array(z.object({ alert: z.string(), expr: z.string() })) })),
});

const answerSchema = z.object({ data: z.object({ result: z.array(z.unknown()) }) });

type Options = {
  /** By job, as in prometheus.yml. */
  operations: Record<'gateway' | 'worker', string>;
  folder: string;
  stopping: AbortSignal;
  say: (line: string) => void;
};

/** A Prometheus that scrapes the service of a drill, and is asked whether the condition of an alert holds. */
export async function createAlertWatch({ operations, folder, stopping, say }: Options) {
  const { groups } = rulesSchema.parse(parse(await readFile(fileURLToPath(rulesFile), 'utf8')));
  const expressions = new Map(groups.flatMap(({ rules }) => rules.map(({ alert, expr }) => [alert, expr])));
  const parts = createParts();
  const { status } = await fetch(`${operations.gateway}/metrics`);
  const url = status === 200 ? await startPrometheus(parts, operations, folder) : undefined;
  if (url === undefined) say('(this build has no /metrics: alerts are not evaluated)');

  async function holds(alert: string): Promise<boolean> {
    const query = new URLSearchParams({ query: expressions.get(alert) ?? '' });
    const response = await fetch(`${url}/api/v1/query?${query}`);
    return answerSchema.parse(await response.json()).data.result.length > 0;
  }

  async function untilIs(alert: string, wanted: boolean, what: string): Promise<void> {
    if (url === undefined) return;
    const begun = performance.now();
    const limits = { within: longestRepair, signal: stopping };
    await until(async () => (await holds(alert)) === wanted, `the condition of ${alert} ${what}`, limits);
    say(
      `the condition of ${alert} ${wanted ? 'holds' : 'has ended'} (${((performance.now() - begun) / 1_000).toFixed(0)} s)`,
    );
  }

  return {
    /** Says how long it took; then the alert would wait for as long as its `for`. */
    untilFires: (alert: string) => untilIs(alert, true, 'does not hold'),
    untilOver: (alert: string) => untilIs(alert, false, 'does not end'),
    close: () => parts.stop(),
  };
}

async function startPrometheus(
  parts: ReturnType<typeof createParts>,
  operations: Options['operations'],
  folder: string,
): Promise<string> {
  const program = await findDebianProgram('prometheus', process.env.PATH ?? '', () => undefined);
  const port = await freePort();
  const file = join(folder, 'prometheus.yml');
  const jobs = Object.entries(operations).map(([job, target]) => ({
    job_name: job,
    static_configs: [{ targets: [new URL(target).host] }],
  }));
  await writeFile(file, stringify({ global: { scrape_interval: '1s', scrape_timeout: '1s' }, scrape_configs: jobs }));
  const part = await parts.start({
    name: 'prometheus',
    module: new URL('../guard.mjs', import.meta.url),
    args: [
      program,
      `--config.file=${file}`,
      `--storage.tsdb.path=${join(folder, 'prometheus')}`,
      `--web.listen-address=127.0.0.1:${port}`,
    ],
    env: process.env,
    logFile: join(folder, 'prometheus.log'),
  });
  const url = `http://127.0.0.1:${port}`;
  const isReady = async () => (await fetch(`${url}/-/ready`)).ok;
  await Promise.race([until(isReady, 'Prometheus is not ready'), part.died]);
  return url;
}
