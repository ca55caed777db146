import { afterAll, beforeAll, expect, test } from 'vitest';
import { submit, waitForResult } from '../../client/index.ts';
import { createTemporaryStack } from '../../dev/temporary-stack.ts';
import { aRequest, callFile } from '../support/fixtures.ts';
import { shared } from '../support/shared.ts';

const requests = 2_000;
const warmUp = 200;
const addresses = 20;

/** Standard deviations of the rank sum by which two equal worlds differ once in 15,000 runs. */
const limit = 4;

const known = (at: number) => `known${at % addresses}@example.org`;
const unknown = (at: number) => `other${at % addresses}@example.org`;

type Stack = Awaited<ReturnType<typeof createTemporaryStack>>;

let stack: Stack;
beforeAll(async () => {
  stack = await createTemporaryStack(await shared('temporalCli'), new AbortController().signal);
  await stack.startTemporal();
});
afterAll(() => stack.stop());

/** Each from an address of its own, so that the limits are part of what is measured, and never the answer. */
async function ask(url: string, email: string, number: number) {
  const began = performance.now();
  const response = await fetch(`${url}/api/access`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'X-Forwarded-For': `10.0.${number >> 8}.${number & 255}` },
    body: JSON.stringify({ email }),
  });
  const body = await response.text();
  const milliseconds = performance.now() - began;
  const { 'x-request-id': _, date: __, ...headers } = Object.fromEntries(response.headers);
  return { milliseconds, seen: JSON.stringify([response.status, headers, body]) };
}

/** Asks in pairs, one of each world, in random order: whatever else the machine does falls on both alike. */
async function measure(url: string) {
  const times: Record<'known' | 'unknown', number[]> = { known: [], unknown: [] };
  const seen = new Set<string>();
  for (let at = 0; at < (requests + warmUp) / 2; at += 1) {
    const pair = [
      ['known', known(at)],
      ['unknown', unknown(at)],
    ] as const;
    for (const [world, email] of Math.random() < 0.5 ? pair : pair.toReversed()) {
      const answer = await ask(url, email, 2 * at + (world === 'known' ? 1 : 0));
      seen.add(answer.seen);
      if (2 * at >= warmUp) times[world].push(answer.milliseconds);
    }
  }
  return { ...times, seen: [...seen] };
}

/** Mann and Whitney's rank sum, in standard deviations from what equal worlds give. */
function difference(one: readonly number[], other: readonly number[]): number {
  const all = [...one.map((value) => ({ value, isOne: true })), ...other.map((value) => ({ value, isOne: false }))];
  all.sort((a, b) => a.value - b.value);
  const rankSum = all.reduce((sum, { isOne }, at) => (isOne ? sum + at + 1 : sum), 0);
  const [n, m] = [one.length, other.length];
  const expected = (n * (n + m + 1)) / 2;
  return (rankSum - expected) / Math.sqrt((n * m * (n + m + 1)) / 12);
}

const median = (values: readonly number[]) => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;

function report(name: string, { known, unknown }: Awaited<ReturnType<typeof measure>>): number {
  const z = difference(known, unknown);
  const medians = [known, unknown].map((times) => `${median(times).toFixed(3)} ms`);
  process.stdout.write(
    `${name}: ${known.length + unknown.length} requests, medians ${medians.join(' (known) and ')} (unknown), z = ${z.toFixed(2)}\n`,
  );
  return z;
}

test('H39, H43: whether an address is known is not told by body, header or time', async () => {
  const settings = { RATE_LIMITS: 'on', TRUSTED_PROXIES: '127.0.0.1' };
  const gateway = await stack.startGateway(callFile, undefined, settings);
  const worker = await stack.startWorker();
  const speakers = Array.from({ length: addresses }, (_, at) => ({ name: 'Somebody', email: known(at) }));
  const locations = await Promise.all(
    speakers.map(async (speaker) => (await submit(gateway.url, aRequest({ speaker }))).location),
  );
  for (const location of locations) await waitForResult(location);

  const measured = await measure(gateway.url);
  await worker.stop();
  await gateway.stop();
  const faulty = await stack.startGateway(
    callFile,
    new URL('../support/looking-gateway.ts', import.meta.url),
    settings,
  );
  const planted = await measure(faulty.url);
  await faulty.stop();

  const [z, zOfFault] = [report('the gateway', measured), report('one that looks up', planted)];
  expect(measured.seen).toHaveLength(1);
  expect(measured.seen[0]).toContain('[202,');
  expect(Math.abs(z)).toBeLessThan(limit);
  // The test can tell: a gateway that looks the address up, and writes its row only then, is found out.
  expect(Math.abs(zOfFault)).toBeGreaterThan(limit);
}, 300_000);
