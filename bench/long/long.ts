import { parseArgs } from 'node:util';
import { SetupError } from '../../process/setup-error.ts';
import { joined, type PartResult } from '../measure/finding.ts';
import type { Context } from '../measure/part.ts';
import type { Report } from '../report/report.ts';
import { deadlineEvening } from './deadline-evening.ts';
import { growDuplicates, growOpen, growth } from './growth.ts';
import { memory } from './memory.ts';
import { polling } from './polling.ts';
import { release, releaseOn } from './release.ts';
import type { Scenario } from './scenario.ts';
import { createWaitingStack } from './waiting-stack.ts';

export const scenarios: readonly Scenario[] = [release, growth, deadlineEvening, memory, polling];

/** `npm run bench -- long`, or `npm run bench -- long SCENARIO… [--scale SHARE]`. */
export async function benchLong(context: Context, args: readonly string[], report: Report): Promise<void> {
  const options = { scale: { type: 'string', default: '1' } } as const;
  const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options });
  const scale = Number(values.scale);
  const unknown = positionals.filter((name) => !scenarios.some((scenario) => scenario.name === name));
  const names = scenarios.map(({ name }) => name).join(', ');
  if (unknown.length > 0) throw new SetupError(`There is no ${unknown.join(', ')}. The long scenarios are: ${names}`);
  // What is tried in a small size isn't kept.
  const timed = (scenario: Scenario, run: () => Promise<PartResult>) => report(scenario, run, { isKept: scale === 1 });
  if (positionals.length === 0) return benchAll(context, scale, timed);
  for (const scenario of scenarios)
    if (positionals.includes(scenario.name)) await timed(scenario, () => scenario.run(context, scale));
}

/**
 * The hour of polling counts queries, which the work of others doesn't change, so it runs beside them. They measure times and
 * CPU, and run one after the other. The release announces what the growth has opened.
 */
async function benchAll(
  { stopping, ...given }: Context,
  scale: number,
  timed: (scenario: Scenario, run: () => Promise<PartResult>) => Promise<void>,
): Promise<void> {
  const failed = new AbortController();
  const context = { ...given, stopping: AbortSignal.any([stopping, failed.signal]) };
  const [first, ...others] = await Promise.allSettled([
    timed(polling, () => polling.run(context, scale)).catch(fail),
    oneByOne().catch(fail),
  ]);
  for (const { status, ...settled } of [first, ...others])
    if (status === 'rejected' && 'reason' in settled) throw settled.reason;

  async function oneByOne(): Promise<void> {
    const stack = await createWaitingStack(context.program, context.stopping);
    try {
      await timed(growth, async () => joined(await growOpen(stack, scale), await growDuplicates(context, scale)));
      await timed(release, () => releaseOn(stack, scale));
    } finally {
      await stack.stop();
    }
    for (const scenario of [deadlineEvening, memory]) await timed(scenario, () => scenario.run(context, scale));
  }

  /** The stacks of the others are stopped as well. */
  function fail(error: unknown): never {
    failed.abort();
    throw error;
  }
}
