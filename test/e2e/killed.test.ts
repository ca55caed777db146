import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { submit } from '../../client/index.ts';
import { createTemporaryStack } from '../../dev/temporary-stack.ts';
import { openStore, type Store } from '../../store/store.ts';
import { aRequest, callFile } from '../support/fixtures.ts';
import { allHistories, expectReplay } from '../support/histories.ts';
import { startSmtp } from '../support/smtp.ts';

type Stack = Awaited<ReturnType<typeof createTemporaryStack>>;
type Gateway = Awaited<ReturnType<Stack['startGateway']>>;

const dyingWorker = new URL('../support/dying-worker.ts', import.meta.url);
const panel = { kind: 'panel', quorum: 1, deadline: '1d', whenDue: 'escalate' };
const call = {
  ...callFile,
  announcement: 'by-organisers',
  stages: {
    moderation: { ...callFile.stages.moderation, policy: { kind: 'automatic' } },
    shortlisting: { ...callFile.stages.shortlisting, policy: { kind: 'automatic' } },
    selection: { ...callFile.stages.selection, policy: panel },
  },
};

let stack: Stack;
let gateway: Gateway;
let store: Store;
let smtp: Awaited<ReturnType<typeof startSmtp>>;

beforeAll(async () => {
  smtp = await startSmtp();
  stack = await createTemporaryStack(inject('temporalCli'), new AbortController().signal);
  await stack.startTemporal();
  gateway = await stack.startGateway(call);
  store = openStore(stack.database, () => undefined);
  await store.migrate();
});
afterAll(async () => {
  await store.close();
  await stack.stop();
  await smtp.close();
});

async function ask(method: string, path: string, content: object): Promise<Response> {
  const headers = { Authorization: `Bearer ${gateway.organiserToken}`, 'Content-Type': 'application/json' };
  return fetch(`${gateway.url}/api/organiser${path}`, { method, headers, body: JSON.stringify(content) });
}

/** Until it is taken: while no worker answers, a command is 503. */
async function insist(method: string, path: string, content: object): Promise<void> {
  while (!(await ask(method, path, content)).ok) await delay(100);
}

/** Decided and announced by a worker that dies on the way, and brought to its end by another one. */
async function announceWith(dieAt: string) {
  const smtpSettings = { SMTP_URL: smtp.url };
  // Alone on record, and decided, before the one comes that dies.
  const first = await stack.startWorker(undefined, smtpSettings);
  const { location } = await submit(gateway.url, aRequest({ title: `Killed at ${dieAt}` }));
  const id = location.split('/').at(-1) ?? '';
  const decision = { stage: 'selection', decision: 'accept', override: true, reason: 'A test.' };
  await insist('PUT', `/submissions/${id}/decision`, decision);
  while (!(await store.decided({})).some((one) => one === id)) await delay(20);
  await first.stop();

  const dying = await stack.startWorker(dyingWorker, { ...smtpSettings, DIE_AT: dieAt });
  await ask('POST', '/announcements', { filter: {} });
  await dying.exited;
  const worker = await stack.startWorker(undefined, smtpSettings);
  const message = `${id}.accepted.email`;
  let state = (await store.findMessage(message))?.state;
  while (state === undefined || state === 'pending' || state === 'sending') {
    await delay(50);
    state = (await store.findMessage(message))?.state;
  }
  await worker.stop();
  const mails = smtp.received.filter(({ messageId }) => messageId?.includes(message)).length;
  const status = await (await fetch(location)).json();
  return { state, mails, status };
}

describe('no lost or double answer: a worker that is killed in the announcement and the sending', () => {
  test.each([
    'note:before',
    'note:after',
    'decided:after',
    'announceThese:before',
    'announceThese:after',
    'keep:before',
    'keep:after',
    'pendingOf:after',
    'announce:after',
    'findMessage:after',
    'prepare:after',
  ])('at %s: the message goes out, once', async (dieAt) => {
    const { state, mails, status } = await announceWith(dieAt);

    expect({ state, mails }).toEqual({ state: 'sent', mails: 1 });
    expect(status).toMatchObject({ status: 'Succeeded', result: { outcome: 'accepted' } });
  });

  test.each([
    ['claim:after', 0],
    ['send:before', 0],
    ['send:after', 1],
    ['settle:before', 1],
  ])('at %s: nobody knows whether it went out, and a person decides', async (dieAt, sent) => {
    const { state, mails, status } = await announceWith(dieAt);

    expect({ state, mails }).toEqual({ state: 'parked', mails: sent });
    expect(status).toMatchObject({ result: { outcome: 'accepted' } });
  });

  test.each(['settle:after', 'deliver:after'])('at %s: it is known that it went out', async (dieAt) => {
    const { state, mails } = await announceWith(dieAt);

    expect({ state, mails }).toEqual({ state: 'sent', mails: 1 });
  });

  test('the histories of all this replay', async () => {
    await expectReplay(await allHistories(stack.client), 30);
  });
});
