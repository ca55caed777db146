import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { submit } from '../../client/index.ts';
import { startSmtp } from '../../dev/stand-ins/smtp.ts';
import { createTemporaryStack } from '../../dev/temporary-stack.ts';
import { openStore, type Store } from '../../store/store.ts';
import { aRequest, callFile, messageIdIn } from '../support/fixtures.ts';
import { allHistories, expectReplay } from '../support/histories.ts';
import { proveBy } from '../support/links.ts';
import { shared } from '../support/shared.ts';

type Stack = Awaited<ReturnType<typeof createTemporaryStack>>;
type Gateway = Awaited<ReturnType<Stack['startGateway']>>;

const dyingWorker = new URL('../support/dying-worker.ts', import.meta.url);
const panel = { kind: 'panel', quorum: 1, deadline: '1d', whenDue: 'escalate' };

/** Before the ledger knows of an attempt, within one, and after it. */
const sure = [
  ...['add:before', 'add:after', 'listed:after', 'announceBatch:before', 'announceBatch:after'],
  ...['record:before', 'keep:before', 'keep:after', 'record:after'],
  ...['sendAtOnce:before', 'unsettled:after', 'prepare:after'],
];
const unsure: [string, number][] = [
  ['claim:after', 0],
  ['send:before', 0],
  ['send:after', 1],
  ['settle:before', 1],
];
const known = ['settle:after', 'sendAtOnce:after'];
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

/** Most of the time is waited, for what is lost to be missed: so some services, each with its own Temporal, take turns. */
const lanesBeside = 4;

type Lane = Awaited<ReturnType<typeof openLane>>;

let lanes: Lane[];
let smtp: Awaited<ReturnType<typeof startSmtp>>;

beforeAll(async () => {
  smtp = await startSmtp();
  const program = await shared('temporalCli');
  const pointsOf = (lane: number) => points.filter((_, index) => index % lanesBeside === lane);
  lanes = await Promise.all(Array.from({ length: lanesBeside }, (_, lane) => openLane(program, pointsOf(lane))));
});
afterAll(async () => {
  await Promise.all(lanes.map((lane) => lane.close()));
  await smtp.close();
});

/** A service with a decided submission for each point, in a track of its own. */
async function openLane(program: string, points: readonly string[]) {
  const stack = await createTemporaryStack(program, new AbortController().signal);
  await stack.startTemporal();
  const store = openStore(stack.database, () => undefined);
  const [gateway, worker] = await Promise.all([
    stack.startGateway(call),
    stack.startWorker(undefined, { SMTP_URL: smtp.url }),
    store.migrate(),
  ]);
  const locations = new Map<string, string>();
  for (const dieAt of points) locations.set(dieAt, await submitDecided({ gateway, store }, dieAt));
  await worker.stop();

  return {
    stack,
    gateway,
    store,
    locations,
    /** Of the one who was here last. */
    turn: Promise.resolve(),
    async close() {
      await store.close();
      await stack.stop();
    },
  };
}

async function ask(gateway: Gateway, method: string, path: string, content: object): Promise<Response> {
  const headers = { Authorization: `Bearer ${gateway.organiserToken}`, 'Content-Type': 'application/json' };
  return fetch(`${gateway.url}/api/organiser${path}`, { method, headers, body: JSON.stringify(content) });
}

async function submitDecided({ gateway, store }: { gateway: Gateway; store: Store }, track: string): Promise<string> {
  const email = `${track.replace(':', '-')}@example.org`;
  const { location } = await submit(gateway.url, aRequest({ track, speaker: { name: 'Ada', email } }));
  const receipt = await untilReceived(email);
  while (!(await proveBy((path, init) => fetch(`${gateway.url}${path}`, init), receipt)).ok) await delay(100);
  const path = `/submissions/${location.split('/').at(-1)}/decision`;
  const decision = { stage: 'selection', outcome: 'passed', override: true, reason: 'A test.' };
  // Until it is taken: while no worker answers, a command is 503.
  while (!(await ask(gateway, 'PUT', path, decision)).ok) await delay(100);
  while ((await store.ongoing.listed()).every((one) => one.track !== track || one.awaits !== 'announcement'))
    await delay(20);
  return location;
}

async function untilReceived(email: string): Promise<string | undefined> {
  const find = () => smtp.received.find(({ to }) => [to].flat()[0]?.text === email);
  while (find() === undefined) await delay(20);
  return find()?.text;
}

/** Announced by a worker that dies on the way, and brought to its end by another one. */
async function announceWith(dieAt: string) {
  const lane = lanes.find(({ locations }) => locations.has(dieAt));
  if (!lane) throw new Error(`${dieAt} is in no lane`);
  const announced = lane.turn.then(() => announceIn(lane, dieAt));
  lane.turn = announced.then(
    () => undefined,
    () => undefined,
  );
  return announced;
}

async function announceIn({ stack, gateway, store, locations }: Lane, dieAt: string) {
  const location = locations.get(dieAt) ?? '';
  const id = location.split('/').at(-1) ?? '';
  const dying = await stack.startWorker(dyingWorker, { SMTP_URL: smtp.url, DIE_AT: dieAt });
  await ask(gateway, 'POST', '/announcements', { filter: { track: dieAt } });
  await dying.exited;
  const worker = await stack.startWorker(undefined, { SMTP_URL: smtp.url });
  const message = messageIdIn(`${id}.accepted.email`);
  let state = (await store.messages.find(message))?.state;
  while (state === undefined || state === 'pending' || state === 'sending') {
    await delay(50);
    state = (await store.messages.find(message))?.state;
  }
  await worker.stop();
  const mails = smtp.received.filter(({ messageId }) => messageId?.includes(message)).length;
  const status = await (await fetch(location)).json();
  return { state, mails, status };
}

describe.concurrent('no lost or double answer: a worker that is killed in the announcement and the sending', () => {
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
});

test('the histories of all this replay', async () => {
  for (const { stack } of lanes) await expectReplay(await allHistories(stack.client), 8);
});
