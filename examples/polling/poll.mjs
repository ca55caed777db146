// Submits a talk to a call for speakers, and waits for its outcome: node poll.mjs https://cfs.example.org
import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';

const [server = ''] = process.argv.slice(2);
const talk = await readFile(new URL('../talk.json', import.meta.url), 'utf8');

/** Retries temporary failures, no sooner than Retry-After says. */
async function ask(url, init) {
  for (let failures = 0; ; failures += 1) {
    const response = await fetch(url, { ...init, signal: AbortSignal.timeout(30_000) }).catch(() => undefined);
    if (response && response.status !== 429 && response.status < 500) return response;
    await sleep(Math.max(retryAfter(response), Math.random() * Math.min(60_000, 1_000 * 2 ** failures)));
  }
}

/** In milliseconds. */
function retryAfter(response) {
  return (Number(response?.headers.get('Retry-After')) || 1) * 1_000;
}

// Repeated with the same key, the request makes one submission only.
let response = await ask(new URL(`${server.replace(/\/$/, '')}/api/submissions`), {
  method: 'POST',
  headers: { 'Content-Type': 'application/json', 'Idempotency-Key': crypto.randomUUID() },
  body: talk,
});
const location = response.headers.get('Location');
if (location) process.stderr.write(`${location}\n`);

while (response.status === 202) {
  await sleep(retryAfter(response));
  response = await ask(location);
}

const answer = await response.json();
if (response.status !== 200) {
  process.stderr.write(`${JSON.stringify(answer)}\n`);
  process.exit(1);
}
const { status, result, error } = answer;
const words = { Succeeded: result?.outcome, Failed: `failed: ${error?.message}`, Canceled: 'withdrawn' };
process.stdout.write(`${words[status]}\n`);
