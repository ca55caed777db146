import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { createParts } from '../parts.ts';
import { freePort } from '../ports.ts';
import { findDebianProgram } from '../programs/debian.ts';
import { startPrometheus } from '../programs/prometheus.ts';
import { until } from '../until.ts';
import { longestRepair } from './runbook-page.ts';

const rulesSchema = z.object({
  groups: z.array(z.object({ rules: z.array(z.object({ alert: z.string(), expr: z.string() })) })),
});

type Options = {
  /** Hosts and ports, by job. */
  targets: Record<'gateway' | 'worker', string[]>;
  folder: string;
  stopping: AbortSignal;
  say: (line: string) => void;
};

/** A Prometheus that scrapes the service of a drill, and is asked whether the condition of an alert holds. */
export async function createAlertWatch({ targets, folder, stopping, say }: Options) {
  const expressions = await readExpressions();
  const parts = createParts();
  const program = await findDebianProgram('prometheus', process.env.PATH ?? '', say);
  const own = { folder: join(folder, 'prometheus'), port: await freePort() };
  const prometheus = await startPrometheus(parts, { program, ...own, targets });

  async function untilIs(alert: string, wanted: boolean): Promise<void> {
    const expression = expressions.get(alert);
    if (expression === undefined) throw new Error(`There is no alert ${alert}`);
    const begun = performance.now();
    const isSo = async () => (await prometheus.count(expression)) > 0 === wanted;
    const what = `the condition of ${alert} ${wanted ? 'does not hold' : 'does not end'}`;
    await until(isSo, what, { within: longestRepair, signal: stopping });
    const seconds = ((performance.now() - begun) / 1_000).toFixed(0);
    say(`the condition of ${alert} ${wanted ? 'holds' : 'has ended'}, after ${seconds} s`);
  }

  return {
    /** The alert itself comes when this has lasted for its `for`. */
    untilHolds: (alert: string) => untilIs(alert, true),
    untilOver: (alert: string) => untilIs(alert, false),
    close: () => parts.stop(),
  };
}

async function readExpressions(): Promise<Map<string, string>> {
  const file = new URL('../../deploy/prometheus/alerts.yml', import.meta.url);
  const { groups } = rulesSchema.parse(parse(await readFile(file, 'utf8')));
  return new Map(groups.flatMap(({ rules }) => rules.map(({ alert, expr }) => [alert, expr])));
}
