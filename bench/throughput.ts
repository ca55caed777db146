type Call = (at: number) => Promise<unknown>;

/** Calls a second, by so many callers at once who each wait for their answer. */
async function throughput(call: Call, calls: number, callers: number): Promise<number> {
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

type Contender = { call: Call; calls: number };

/**
 * Our throughput, and its ratio to the raw one. They take turns, so that a change of the machine's speed meets both; the
 * ratio is the median of the rounds.
 */
export async function compare(ours: Contender, raw: Contender, { callers = 32, rounds = 5 } = {}) {
  const results: { ours: number; raw: number; ratio: number }[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const rawRate = await throughput(raw.call, raw.calls, callers);
    const ourRate = await throughput(ours.call, ours.calls, callers);
    results.push({ ours: ourRate, raw: rawRate, ratio: ourRate / rawRate });
  }
  results.sort((one, other) => one.ratio - other.ratio);
  const median = results[Math.floor(rounds / 2)];
  if (!median) throw new Error('no round was run');
  return median;
}
