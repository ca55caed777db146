/** Sorted, in milliseconds. One call after the other. */
export async function latencies(calls: number, call: (at: number) => Promise<unknown>): Promise<number[]> {
  const taken: number[] = [];
  for (let at = 0; at < calls; at += 1) {
    const began = performance.now();
    await call(at);
    taken.push(performance.now() - began);
  }
  return taken.sort((one, other) => one - other);
}
