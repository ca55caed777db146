import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { freePort } from '../../dev/ports.ts';

test('ports for a run are never given twice, and no outgoing connection can take one', async () => {
  const ports = await Promise.all(Array.from({ length: 200 }, freePort));

  expect(new Set(ports).size).toBe(200);
  expect(Math.max(...ports)).toBeLessThan(await firstOfOutgoing());
});

/** As Linux says it; elsewhere the usual range begins higher. */
async function firstOfOutgoing(): Promise<number> {
  const range = await readFile('/proc/sys/net/ipv4/ip_local_port_range', 'utf8').catch(() => '49152');
  return Number.parseInt(range, 10);
}
