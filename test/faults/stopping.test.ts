import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { submit } from '../../client/index.ts';
import type { Part } from '../../dev/parts.ts';
import { startSmtp } from '../../dev/stand-ins/smtp.ts';
import { createTemporaryStack } from '../../dev/temporary-stack.ts';
import { openStore } from '../../store/store.ts';
import { aRequest, callFile, messageIdIn } from '../support/fixtures.ts';
import { shared } from '../support/shared.ts';

const panel = { kind: 'panel', quorum: 1, deadline: '1d', whenDue: 'escalate' };
const automatic = { kind: 'automatic' };
const { moderation, shortlisting, selection } = callFile.stages;
const call = {
  ...callFile,
  stages: {
    moderation: { ...moderation, policy: automatic },
    shortlisting: { ...shortlisting, policy: automatic },
    selection: { ...selection, policy: panel },
  },
};

let stack: Awaited<ReturnType<typeof createTemporaryStack>>;
beforeAll(async () => {
  stack = await createTemporaryStack(await shared('temporalCli'), new AbortController().signal);
  await stack.startTemporal();
});
afterAll(() => stack.stop());

const isInSelection = async (location: string): Promise<boolean> => {
  const { stage }: { stage?: string } = await (await fetch(location)).json().then(Object);
  return stage === 'selection';
};

const terminate = ({ pid }: Part) => process.kill(pid, 'SIGTERM');

/** How a part ends. */
const endOf = ({ died }: Part) => died.catch((error: Error) => /\((.*?)\)/.exec(error.message)?.[1]);

/** Sends a part of a submit, and the rest when it is told to. */
function submitSlowly(url: string) {
  const content = JSON.stringify(aRequest());
  const { hostname, port } = new URL(url);
  const socket = connect({ host: hostname, port: Number(port) });
  let answer = '';
  socket.setEncoding('utf8').on('data', (chunk) => {
    answer += chunk;
  });
  const ended = once(socket, 'close').then(() => answer);
  const fields = `Host: a\r\nContent-Type: application/json\r\nContent-Length: ${content.length}`;
  socket.write(`POST /api/submissions HTTP/1.1\r\n${fields}\r\n\r\n${content.slice(0, 10)}`);
  return { rest: () => socket.write(content.slice(10)), ended };
}

describe('a gateway that is told to stop', () => {
  test('is not ready from then on, answers who waits and who is not done yet, and ends', async () => {
    const worker = await stack.startWorker();
    const gateway = await stack.startGateway(call, undefined, { DRAIN_SECONDS: '3' });
    const { location } = await submit(gateway.url, aRequest());
    await vi.waitUntil(() => isInSelection(location), { timeout: 20_000 });
    const held = fetch(location, { headers: { Prefer: 'wait=25' } });
    const slow = submitSlowly(gateway.url);
    const ready = await fetch(`${gateway.url}/health/ready`);

    terminate(gateway);
    const waited = await held;
    const [whileStopping, alive] = [
      await fetch(`${gateway.url}/health/ready`),
      await fetch(`${gateway.url}/health/live`),
    ];
    const late = await submit(gateway.url, aRequest());
    slow.rest();

    expect([ready.status, whileStopping.status, alive.status]).toEqual([200, 503, 200]);
    expect([waited.status, waited.headers.get('Connection')]).toEqual([202, 'close']);
    expect(late.status.status).toBe('NotStarted');
    expect(await slow.ended).toMatch(/^HTTP\/1.1 202 .*\r\nConnection: close\r\n/is);
    expect(await endOf(gateway)).toBe('exit code 0');
    await worker.stop();
  });

  test('and is told again, ends at once', async () => {
    const gateway = await stack.startGateway(call, undefined, { DRAIN_SECONDS: '20' });

    const telling = setInterval(() => terminate(gateway), 200);

    expect(await endOf(gateway).finally(() => clearInterval(telling))).toBe('exit code 1');
  });
});

test('a worker that is told to stop sends the mail that is under way, and ends', async () => {
  let isAccepted = () => {};
  const accepted = new Promise<void>((resolve) => {
    isAccepted = resolve;
  });
  let isAsked = () => {};
  const asked = new Promise<void>((resolve) => {
    isAsked = resolve;
  });
  const smtp = await startSmtp(() => {
    isAsked();
    return { takesAfter: accepted };
  });
  const store = openStore(stack.database, () => undefined);
  const gateway = await stack.startGateway(call);
  const worker = await stack.startWorker(undefined, { SMTP_URL: smtp.url });
  // One address gets one letter a day about submissions that aren't proved.
  const { location } = await submit(gateway.url, aRequest({ speaker: { name: 'Ada', email: 'ada@example.org' } }));
  const receipt = messageIdIn(`${location.split('/').at(-1)}.receipt.email`);
  await asked;

  terminate(worker);
  const next = await stack.startWorker(undefined, { SMTP_URL: smtp.url });
  const meanwhile = (await store.messages.find(receipt))?.state;
  isAccepted();

  expect(await endOf(worker)).toBe('exit code 0');
  expect([meanwhile, (await store.messages.find(receipt))?.state, smtp.received.length]).toEqual([
    'sending',
    'sent',
    1,
  ]);
  await vi.waitUntil(() => isInSelection(location), { timeout: 20_000 });
  await Promise.all([next.stop(), gateway.stop(), store.close()]);
  await smtp.close();
});
