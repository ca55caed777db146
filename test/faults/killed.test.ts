import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { submit } from '../../client/index.ts';
import { createTemporaryStack } from '../../dev/temporary-stack.ts';
import { openStore, type Store } from '../../store/store.ts';
import { aRequest, callFile } from '../support/fixtures.ts';
import { allHistories, expectReplay } from '../support/histories.ts';
import { shared } from '../support/shared.ts';
import { startSmtp } from '../support/smtp.ts';

type Stack = Awaited<ReturnType<typeof createTemporaryStack>>;
type Gateway = Awaited<ReturnType<Stack['startGateway']>>;

const dyingWorker = new URL('../support/dying-worker.ts', import.meta.url);
const panel = { kind: 'panel', quorum: 1, deadline: '1d', whenDue: 'escalate' };

/** Before the ledger knows of an attempt, within one, and after it. */
const sure = [
  ...['note:before', 'note:after', 'decided:after', 'announceThese:before', 'announceThese:after'],
  ...['keep:before', 'keep:after', 'pendingOf:after', 'announce:after', 'findMessage:after', 'prepare:after'],
];
const unsure: [string, number][] = [
  ['claim:after', 0],
  ['send:before', 0],
  ['send:after', 1],
  ['settle:before', 1],
];
const known = ['settle:after', 'deliver:after'];
const points = [...sure, ...unsure.map(([dieAt]) => dieAt), ...known];

/** One submission a point, each in a track of its own, so that an announcement can be for it alone. */
const call = {
  ...callFile,
  tracks: points,
  announcement: 'by-organisers',
  stages: {
    moderation: { ...callFile.stages.moderation, policy: { kind: 'automatic' } },
    shortlisting: { ...callFile.stages.shortlisting, policy: { kind: 'automatic' } },
    selection: { ...callFile.stages.selection, policy: panel },
  },
};
const locations = new Map<string, string>();

let stack: Stack;
let gateway: Gateway;
let store: Store;
let smtp: Awaited<ReturnType<typeof startSmtp>>;

beforeAll(async () => {
  smtp = await startSmtp();
  stack = await createTemporaryStack(await shared('temporalCli'), new AbortController().signal);
  await stack.startTemporal();
  gateway = await stack.startGateway(call);
  store = openStore(stack.database, () => undefined);
  await store.migrate();
  const worker = await stack.startWorker(undefined, { SMTP_URL: smtp.url });
  for (const dieAt of points) locations.set(dieAt, await submitDecided(dieAt));
  await worker.stop();
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

async function submitDecided(track: string): Promise<string> {
  const { location } = await submit(gateway.url, aRequest({ track }));
  const id = location.split('/').at(-1) ?? '';
  const decision = { stage: 'selection', decision: 'accept', override: true, reason: 'A test.' };
  await insist('PUT', `/submissions/${id}/decision`, decision);
  while ((await store.decided({ track })).length === 0) await delay(20);
  return location;
}

/** Announced by a worker that dies on the way, and brought to its end by another one. */
async function announceWith(dieAt: string) {
  const location = locations.get(dieAt) ?? '';
  const id = location.split('/').at(-1) ?? '';
  const dying = await stack.startWorker(dyingWorker, { SMTP_URL: smtp.url, DIE_AT: dieAt });
  await ask('POST', '/announcements', { filter: { track: dieAt } });
  await dying.exited;
  const worker = await stack.startWorker(undefined, { SMTP_URL: smtp.url });
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
  test.each(sure)('at %s: the message goes out, once', async (dieAt) => {
    const { state, mails, status } = await announceWith(dieAt);

    expect({ state, mails }).toEqual({ state: 'sent', mails: 1 });
    expect(status).toMatchObject({ status: 'Succeeded', result: { outcome: 'accepted' } });
  });

  test.each(unsure)('at %s: nobody knows whether it went out, and a person decides', async (dieAt, sent) => {
    const { state, mails, status } = await announceWith(dieAt);

    expect({ state, mails }).toEqual({ state: 'parked', mails: sent });
    expect(status).toMatchObject({ result: { outcome: 'accepted' } });
  });

  test.each(known)('at %s: it is known that it went out', async (dieAt) => {
    const { state, mails } = await announceWith(dieAt);

    expect({ state, mails }).toEqual({ state: 'sent', mails: 1 });
  });

  test('the histories of all this replay', async () => {
    await expectReplay(await allHistories(stack.client), 30);
  });
});
