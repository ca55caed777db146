const callers = 32;
const rounds = 7;

type Call = (at: number) => Promise<unknown>;

/** Calls per second. */
async function throughput({ call, calls }: Contender): Promise<number> {
  let next = 0;
  const began = performance.now();
  await Promise.all(
    Array.from({ length: callers }, async () => {
      while (next < calls) {
        const at = next;
        next += 1;
        await call(at);
      }
    }),
  );
  return (calls * 1_000) / (performance.now() - began);
}

/** In calls per second. */
export type Comparison = { ours: number; raw: number; ratio: number };

type Contender = { call: Call; calls: number };

/**
 * Compares throughputs by the median of the rounds. The contenders alternate, so that the machine's speed and the growing
 * database affect both alike. The first round is a warm-up.
 */
export async function compare(ours: Contender, raw: Contender): Promise<Comparison> {
  const results: Comparison[] = [];
  for (let round = 0; round <= rounds; round += 1) {
    const rate = new Map<Contender, number>();
    for (const contender of round % 2 === 0 ? [ours, raw] : [raw, ours])
      rate.set(contender, await throughput(contender));
    const [ourRate = 0, rawRate = 0] = [rate.get(ours), rate.get(raw)];
    if (round > 0) results.push({ ours: ourRate, raw: rawRate, ratio: ourRate / rawRate });
  }
  results.sort((one, other) => one.ratio - other.ratio);
  const median = results[Math.floor(rounds / 2)];
  if (!median) throw new Error('no round was run');
  return median;
}
