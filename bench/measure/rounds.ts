import { type CpuTimes, type Processes, readCpu } from './cpu.ts';
import { quantile } from './quantile.ts';

/** One of those that are compared. */
export type Side = {
  name: string;
  /** Without the callers, which are the bench itself. */
  processes: Processes;
  /** Does the work once. @param at counts up over all rounds */
  act: (at: number) => Promise<unknown>;
  /** Calls of a round, by default those of the comparison. */
  calls?: number;
  /** By default those of the comparison. */
  callers?: number;
};

export type Options = {
  calls: number;
  callers?: number;
  rounds?: number;
  /** Between the rounds, so that what one left behind isn't counted to the next. */
  settle?: () => Promise<unknown>;
};

/** Rates are per second, times in milliseconds; each the median of the rounds. `ratio` is that of the rates to the last side. */
export type Figures = {
  name: string;
  perSecond: number;
  p50: number;
  p99: number;
  cpu: number;
  cpuOf: CpuTimes;
  ratio: number;
  cpuRatio: number;
};

type Round = Omit<Figures, 'name' | 'ratio' | 'cpuRatio'>;

/**
 * Compares sides by the median of the rounds. They take turns, so that the machine's speed and the growing database affect all
 * of them alike. A first round of each is a warm-up.
 */
export async function compare(
  sides: readonly Side[],
  { calls, callers = 32, rounds = 5, settle = async () => undefined }: Options,
): Promise<Figures[]> {
  const results = new Map<Side, Round[]>(sides.map((side) => [side, []]));
  const counts = new Map<Side, number>();
  for (let round = 0; round <= rounds; round += 1) {
    for (const side of round % 2 === 0 ? sides : sides.toReversed()) {
      const from = counts.get(side) ?? 0;
      const count = side.calls ?? calls;
      counts.set(side, from + count);
      const result = await measure(side, from, count, side.callers ?? callers);
      if (round > 0) results.get(side)?.push(result);
      await settle();
    }
  }
  const base = results.get(sides.at(-1) ?? absent()) ?? [];
  return sides.map((side) => {
    const own = results.get(side) ?? [];
    const medianOf = (value: (round: Round) => number) => median(own.map(value));
    const ratioOf = (value: (round: Round) => number) =>
      median(own.map((round, at) => value(round) / value(base[at] ?? absent())));
    return {
      name: side.name,
      perSecond: medianOf((round) => round.perSecond),
      p50: medianOf((round) => round.p50),
      p99: medianOf((round) => round.p99),
      cpu: medianOf((round) => round.cpu),
      cpuOf: Object.fromEntries(
        Object.keys(side.processes).map((name) => [name, medianOf((round) => round.cpuOf[name] ?? 0)]),
      ),
      ratio: ratioOf((round) => round.perSecond),
      cpuRatio: ratioOf((round) => round.cpu),
    };
  });
}

async function measure({ act, processes }: Side, from: number, calls: number, callers: number): Promise<Round> {
  const taken: number[] = [];
  let next = from;
  const cpuBefore = await readCpu(processes);
  const began = performance.now();
  await Promise.all(
    Array.from({ length: callers }, async () => {
      while (next < from + calls) {
        const at = next;
        next += 1;
        const start = performance.now();
        await act(at);
        taken.push(performance.now() - start);
      }
    }),
  );
  const seconds = (performance.now() - began) / 1_000;
  const cpuAfter = await readCpu(processes);
  const cpuOf = Object.fromEntries(
    Object.entries(cpuAfter).map(([name, after]) => [name, (after - (cpuBefore[name] ?? 0)) / calls]),
  );
  taken.sort((one, other) => one - other);
  return {
    perSecond: calls / seconds,
    p50: quantile(taken, 0.5),
    p99: quantile(taken, 0.99),
    cpu: Object.values(cpuOf).reduce((sum, cpu) => sum + cpu, 0),
    cpuOf,
  };
}

function median(values: readonly number[]): number {
  return quantile(
    values.toSorted((one, other) => one - other),
    0.5,
  );
}

function absent(): never {
  throw new Error('no round was run');
}
