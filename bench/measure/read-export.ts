import { residentMegabytes } from './memory.ts';

type Figures = { rows: number; rowsPerSecond: number; megabytes: number; peak: number };

/** Milliseconds between two readings of the gateway's memory. */
const interval = 50;

/** Reads an export to its end. `peak` is the gateway's memory in MB. */
export async function readExport(url: string, headers: Record<string, string>, pid: number): Promise<Figures> {
  let [rows, bytes, peak] = [0, 0, 0];
  const watch = setInterval(async () => {
    peak = Math.max(peak, await residentMegabytes(pid));
  }, interval);
  const began = performance.now();
  const response = await fetch(url, { headers });
  for await (const part of response.body ?? []) {
    bytes += part.length;
    for (const byte of part) if (byte === lineFeed) rows += 1;
  }
  clearInterval(watch);
  const seconds = (performance.now() - began) / 1_000;
  return { rows, rowsPerSecond: rows / seconds, megabytes: bytes / 1e6, peak };
}

const lineFeed = 10;
