import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import type { createApp } from '../../../api/app.ts';
import type { Access } from '../../../api/people/access.ts';
import type { Person } from '../../../contract/committee/person.ts';
import { problemOf, problemType } from '../../support/app.ts';
import { expectDocumented } from '../../support/documented.ts';
import { aRequest } from '../../support/fixtures.ts';
import { useGateways } from '../../support/gateways.ts';
import { aPanelCall, scores } from '../../support/people.ts';
import { testThatHistoriesReplay, useDevServer, withWorker } from '../../support/temporal.ts';

const server = useDevServer();
const gateways = useGateways(server);
const { submitTo, poll } = gateways;

type App = ReturnType<typeof createApp>;

const committee: Person[] = [
  { name: 'Olga', role: 'organiser', emails: ['olga@conf.example'] },
  { name: 'Otto', role: 'organiser', emails: ['otto@troll.example'] },
  { name: 'Rita', role: 'reviewer', emails: ['rita@uni.example', 'rita.r@gmail.com'] },
  { name: 'Rolf', role: 'reviewer', emails: ['rolf@lab.example'] },
];

/** Each has their name for a token. */
const access: Access = (token) => committee.find(({ name }) => name === token);

const aGateway = (change: Record<string, unknown> = {}) =>
  gateways.aGateway({ call: aPanelCall({}, change), access, committee });

const afterOwn = { organisersSeeReviews: 'after-own' };

async function as(app: App, person: string, method: string, path: string, content?: object): Promise<Response> {
  const url = `/api/organiser${path}`;
  const headers = { Authorization: `Bearer ${person}`, 'Content-Type': 'application/json' };
  const response = await app.request(url, { method, headers, ...(content ? { body: JSON.stringify(content) } : {}) });
  await expectDocumented(method, url, response.clone());
  return response;
}

const jsonOf = async (answer: Promise<Response>) => JSON.parse(await (await answer).text());

const codeOf = async (answer: Promise<Response>) => (await problemOf(await answer)).type.split('#')[1];

let seed = 0;

/** In the panel of its selection, and on record as that, by speakers with these addresses. */
async function inPanel(app: App, main: string, ...others: string[]) {
  seed += 1;
  const submitted = await submitTo(
    app,
    aRequest({
      title: `A talk of its own, number ${seed}`,
      speaker: { name: 'Ada', email: main },
      coSpeakers: others.map((email) => ({ name: 'Named Beside', email })),
    }),
  );
  await poll(app, submitted.id, ({ stage }) => stage === 'selection');
  const path = `/submissions/${submitted.id}`;
  while (!(await (await as(app, 'Rolf', 'GET', '/submissions?stage=selection')).text()).includes(submitted.id))
    await delay(20);
  return { ...submitted, path };
}

/** What a person is told of possible conflicts, with the submission itself and in the list. */
async function possible(app: App, person: string, { id, path }: { id: string; path: string }) {
  const { items } = await jsonOf(as(app, person, 'GET', '/submissions?limit=200'));
  const listed = items.find((item: { id: string }) => item.id === id);
  const one = await jsonOf(as(app, person, 'GET', path));
  expect(listed.possibleConflicts).toEqual(one.possibleConflicts);
  return one.possibleConflicts;
}

const own = [{ person: 'Rita', kind: 'co-author' }];

describe('co-authorship in another talk of the call', () => {
  test('is told to whom it is about, without the talk, and to organisers, with the talks that they may see', async () => {
    const [seen, talk, otto] = await withWorker(server, async () => {
      const app = aGateway();
      const talk = await inPanel(app, 's.am@gmail.com');
      const seen: unknown[] = [await possible(app, 'Rita', talk), await possible(app, 'Olga', talk)];
      const joint = await inPanel(app, 'colin@elsewhere.example', 'sam+joint@googlemail.com', 'Rita.R+x@gmail.com');
      for (const person of ['Rita', 'Olga', 'Otto', 'Rolf']) seen.push(await possible(app, person, talk));
      // A colleague of Otto's: he learns nothing from a talk that is hidden from him.
      const hidden = await inPanel(app, 'rival@troll.example', 'victim@elsewhere.example', 'rita@uni.example');
      const victim = await inPanel(app, 'victim@elsewhere.example');
      const otto = [await possible(app, 'Otto', victim), await possible(app, 'Olga', victim)];
      await as(app, 'Olga', 'DELETE', joint.path);
      server.started.delete(`submission-${joint.id}`);
      seen.push(await possible(app, 'Rita', talk), await possible(app, 'Olga', talk));
      return [seen, joint.id, { otto, hidden: hidden.id }];
    });

    const forOrganisers = [{ person: 'Rita', kind: 'co-author', others: [talk] }];
    expect(seen).toEqual([
      undefined,
      undefined,
      own,
      forOrganisers,
      forOrganisers,
      undefined,
      // Erased, it says nothing about anybody.
      undefined,
      undefined,
    ]);
    expect(otto.otto).toEqual([undefined, [{ person: 'Rita', kind: 'co-author', others: [otto.hidden] }]]);
  });

  test('blocks nobody: the whole committee is named beside a rival, and reviews and decides', async () => {
    const codes = await withWorker(server, async () => {
      const app = aGateway(afterOwn);
      const rival = await inPanel(app, 'rival@elsewhere.example');
      const addresses = committee.flatMap(({ emails = [] }) => emails.slice(0, 1));
      await inPanel(
        app,
        'troll@elsewhere.example',
        'rival@elsewhere.example',
        ...addresses.filter((one) => !one.startsWith('rolf')),
      );
      const answers = [];
      for (const { name } of committee) answers.push(await as(app, name, 'PUT', `${rival.path}/review`, { scores }));
      const decision = { stage: 'selection', outcome: 'rejected' };
      answers.push(await as(app, 'Olga', 'PUT', `${rival.path}/decision`, decision));
      return answers.map(({ status }) => status);
    });

    expect(codes).toEqual([200, 200, 200, 200, 200]);
  });

  test('is a conflict once an organiser confirms it, or the person: then they are kept away, and what they said is gone', async () => {
    const seen = await withWorker(server, async () => {
      const app = aGateway();
      const talk = await inPanel(app, 'zoe@elsewhere.example');
      const joint = await inPanel(app, 'zoe@elsewhere.example', 'rita@uni.example', 'olga@conf.example');
      await as(app, 'Rita', 'PUT', `${talk.path}/review`, { scores });
      const confirm = (person: string, content: object) => as(app, person, 'PUT', `${talk.path}/conflict`, content);
      const refused = [
        await problemOf(await confirm('Rolf', { person: 'Rita' })),
        await problemOf(await confirm('Otto', { person: 'Rolf' })),
        await problemOf(await confirm('Otto', { person: 'Nobody' })),
        await problemOf(await as(app, 'Otto', 'PUT', `${joint.path}/conflict`, { person: 'Rita' })),
      ];
      const confirmed = [
        await jsonOf(confirm('Otto', { person: 'Rita', reason: 'So it is.' })),
        await jsonOf(confirm('Otto', { person: 'Rita' })),
      ];
      const barred = await problemOf(await as(app, 'Rita', 'GET', talk.path));
      const declared = await jsonOf(confirm('Olga', {}));
      const after = await jsonOf(as(app, 'Otto', 'GET', talk.path));
      const audit = await jsonOf(as(app, 'Otto', 'GET', '/audit'));
      return { refused, confirmed, barred, declared, after, audit, id: talk.id };
    });

    expect(seen.refused.map(({ status, type }) => `${status} ${type.split('#')[1]}`)).toEqual([
      '422 invalid-command',
      '409 nothing-to-confirm',
      '409 nothing-to-confirm',
      '409 nothing-to-confirm',
    ]);
    expect(seen.refused[0]?.errors).toEqual([{ detail: 'is only for organisers', pointer: '/person' }]);
    expect(seen.confirmed[0]).toEqual({ by: 'Rita', at: expect.any(String), confirmedBy: 'Otto' });
    expect(seen.confirmed[1]).toEqual(seen.confirmed[0]);
    expect(seen.barred).toMatchObject({ type: problemType('conflict-of-interest'), reason: 'confirmed' });
    expect(seen.declared).toEqual({ by: 'Olga', at: expect.any(String) });
    expect(seen.after).toMatchObject({ reviews: [], panel: { reviews: 0 } });
    expect(seen.after).not.toHaveProperty('possibleConflicts');
  });
});

describe('a conflict of interest', () => {
  test('follows the talk through every reopening, declared or confirmed, from the first moment', async () => {
    const seen = await withWorker(server, async () => {
      const app = aGateway();
      let talk = await inPanel(app, 'yan@elsewhere.example');
      await inPanel(app, 'yan@elsewhere.example', 'rita@uni.example');
      await as(app, 'Rolf', 'PUT', `${talk.path}/conflict`, { reason: 'A friend.' });
      await as(app, 'Olga', 'PUT', `${talk.path}/conflict`, { person: 'Rita' });
      const seen: unknown[] = [];
      for (let round = 0; round < 2; round += 1) {
        const replaces = (await jsonOf(as(app, 'Olga', 'GET', talk.path))).verdicts.findLast(
          ({ stage }: { stage: string }) => stage === 'selection',
        )?.number;
        const reject = { stage: 'selection', outcome: 'rejected', override: true, reason: 'It is full.', replaces };
        if (round === 0) await as(app, 'Olga', 'PUT', `${talk.path}/decision`, reject);
        await as(app, 'Olga', 'POST', '/announcements', { submissions: [talk.id] });
        await server.env.client.workflow.getHandle(`submission-${talk.id}`).result();
        const { id } = await jsonOf(as(app, 'Olga', 'POST', `${talk.path}/reopening`, { reason: 'There is room.' }));
        server.started.add(`submission-${id}`);
        talk = { ...talk, id, path: `/submissions/${id}` };
        seen.push((await as(app, 'Rolf', 'GET', talk.path)).status);
        await poll(app, id, ({ stage }) => stage === 'selection');
        while ((await as(app, 'Olga', 'GET', talk.path)).status !== 200) await delay(20);
        const barred = [await as(app, 'Rolf', 'GET', talk.path), await as(app, 'Rita', 'GET', talk.path)];
        for (const answer of barred) seen.push((await problemOf(answer)).reason);
        const listed = await (await as(app, 'Rita', 'GET', '/submissions?limit=200')).text();
        seen.push(listed.includes(id));
      }
      return seen;
    });

    const barred = [expect.toSatisfy((status) => status === 403 || status === 404), 'declared', 'confirmed', false];
    expect(seen).toEqual([...barred, ...barred]);
  });
});

describe('a conflict of interest declared of a talk that was reopened', () => {
  test('keeps away from what it goes on from: no read, no reopening, no erasure of it', async () => {
    const seen = await withWorker(server, async () => {
      const app = aGateway();
      const old = await inPanel(app, 'zoe@elsewhere.example');
      const reject = { stage: 'selection', outcome: 'rejected', override: true, reason: 'It is full.' };
      await as(app, 'Olga', 'PUT', `${old.path}/decision`, reject);
      await as(app, 'Olga', 'POST', '/announcements', { submissions: [old.id] });
      await server.env.client.workflow.getHandle(`submission-${old.id}`).result();
      const reason = { reason: 'There is room.' };
      const { id } = await jsonOf(as(app, 'Olga', 'POST', `${old.path}/reopening`, reason));
      server.started.add(`submission-${id}`);
      await poll(app, id, ({ stage }) => stage === 'selection');
      const before = (await as(app, 'Otto', 'GET', old.path)).status;
      const declared = (await as(app, 'Otto', 'PUT', `/submissions/${id}/conflict`, { reason: 'A friend.' })).status;
      // Until it is on record.
      while ((await as(app, 'Otto', 'GET', '/submissions?limit=200').then((list) => list.text())).includes(id))
        await delay(20);
      const barred = [
        await codeOf(as(app, 'Otto', 'GET', old.path)),
        await codeOf(as(app, 'Otto', 'POST', `${old.path}/reopening`, reason)),
        await codeOf(as(app, 'Otto', 'DELETE', old.path)),
        await codeOf(as(app, 'Otto', 'GET', `/submissions/${id}`)),
      ];
      const listed = await (await as(app, 'Otto', 'GET', '/submissions?limit=200')).text();
      const olgas = (await as(app, 'Olga', 'GET', old.path)).status;
      return { before, declared, barred, isListed: listed.includes(old.id), olgas };
    });

    const barred = Array(4).fill('conflict-of-interest');
    expect(seen).toEqual({ before: 200, declared: 200, barred, isListed: false, olgas: 200 });
  });
});

describe('PUT /api/organiser/submissions/{id}/review', () => {
  test('is no score of whoever could read the others: abstained, read, scored is 409', async () => {
    const seen = await withWorker(server, async () => {
      const [app, showing] = [aGateway(afterOwn), aGateway()];
      const { path } = await inPanel(app, 'uma@elsewhere.example');
      const review = (person: string, content: object) => as(app, person, 'PUT', `${path}/review`, content);
      await review('Rolf', { scores });
      const unread = await jsonOf(as(app, 'Rita', 'GET', path));
      await review('Rita', { abstains: true });
      const read = await jsonOf(as(app, 'Rita', 'GET', path));
      const refused = [
        await codeOf(review('Rita', { scores })),
        await codeOf(review('Rolf', { scores: { substance: 1 } })),
        await codeOf(review('Rolf', { abstains: true }).then(() => review('Rolf', { scores }))),
      ];
      const shown = (await jsonOf(as(showing, 'Olga', 'GET', path))).reviews.length;
      refused.push(await codeOf(as(showing, 'Olga', 'PUT', `${path}/review`, { scores })));
      const olga = await review('Olga', { scores });
      const again = await review('Olga', { scores, feedback: 'Show the code.' });
      return { unread, read, refused, shown, olga: [olga.status, again.status] };
    });

    expect([seen.unread.reviews, seen.read.reviews.length]).toEqual([[], 2]);
    expect(seen.refused).toEqual(Array(4).fill('reviews-read'));
    expect(seen.shown).toBe(2);
    expect(seen.olga).toEqual([200, 200]);
  });
});

testThatHistoriesReplay(server, 10);
