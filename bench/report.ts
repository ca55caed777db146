import type { Comparison } from './compare.ts';

export function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

export function row(name: string, { ours, raw, ratio }: Comparison): void {
  const [a, b, c] = [ours.toFixed(0), raw.toFixed(0), `${ratio.toFixed(2)}×`].map((cell) => cell.padStart(10));
  print(`${name.padEnd(28)}${a}${b}${c}`);
}

/** Runs an action `count` times, at most 16 at once. */
export async function inTurns<Result>(count: number, act: () => Promise<Result>): Promise<Result[]> {
  const results: Result[] = [];
  while (results.length < count) results.push(...(await Promise.all(Array.from({ length: 16 }, act))));
  return results.slice(0, count);
}
