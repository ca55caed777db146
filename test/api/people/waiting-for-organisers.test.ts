import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { ApplicationFailure } from '@temporalio/common';
import { describe, expect, test } from 'vitest';
import { everything } from '../../../store/sight.ts';
import { problemOf, problemType, statusOf } from '../../support/app.ts';
import { expectDocumented } from '../../support/documented.ts';
import { aRequest, aSlowCall, tokens } from '../../support/fixtures.ts';
import { useGateways } from '../../support/gateways.ts';
import { testThatHistoriesReplay, useDevServer, withWorker } from '../../support/temporal.ts';

const server = useDevServer();
const { aGateway, submitTo, poll, pathOf } = useGateways(server);

type App = ReturnType<typeof aGateway>;

async function ask(app: App, role: keyof typeof tokens, method: string, path: string, content?: object) {
  const url = `/api/organiser/submissions${path}`;
  const response = await app.request(url, {
    method,
    headers: {
      Authorization: `Bearer ${tokens[role]}`,
      ...(content ? { 'Content-Type': 'application/json' } : {}),
    },
    ...(content ? { body: JSON.stringify(content) } : {}),
  });
  await expectDocumented(method, url, response.clone());
  return response;
}

/** The submission as an organiser sees it, once it is as wanted. */
async function untilSeen(app: App, id: string, isWanted: (seen: Record<string, unknown>) => boolean) {
  for (;;) {
    const response = await ask(app, 'organiser', 'GET', `/${id}`);
    const seen: Record<string, unknown> = response.status === 200 ? JSON.parse(await response.text()) : {};
    if (isWanted(seen)) return seen;
    await delay(20);
  }
}

/** Until the record has it: lists are of the records. */
async function untilListed(app: App, query: string, id: string) {
  for (;;) {
    const text = await (await ask(app, 'organiser', 'GET', query)).text();
    if (text.includes(id)) return text;
    await delay(20);
  }
}

/** The letters to its speaker. */
async function untilSent(id: string): Promise<string[]> {
  for (;;) {
    const messages = await server.store.messages.after(undefined, ['sent'], 500, everything);
    const letters = messages.filter(({ submission_id, channel }) => submission_id === id && channel === 'email');
    if (letters.length > 0) return letters.map(({ release }) => release);
    await delay(20);
  }
}

describe('findings that are referred', () => {
  const { stages } = aSlowCall('1h');
  const call = aSlowCall('1h', {
    stages: {
      ...{ shortlisting: { ...stages.shortlisting, policy: { kind: 'automatic', after: '1h' } } },
      ...{ selection: { ...stages.selection, policy: { kind: 'automatic', after: '1h' } } },
      moderation: {
        ...{ policy: { kind: 'automatic' }, languages: ['en'], maxLinks: 1, minWords: 5 },
        checks: { words: { refer: { deadline: '3d', whenDue: 'escalate' } } },
      },
    },
  });
  const detail = 'It may insult or offend: please check. Found in the title: idiots.';
  const findings = [{ check: 'words', consequence: 'refer', detail }];

  test('are shown to organisers in all places, and to reviewers and pollers in none', async () => {
    const seen = await withWorker(server, async () => {
      const app = aGateway({ call, isProved: true });
      const { id } = await submitTo(app, aRequest({ title: 'Idiots at work' }));
      const view = await untilSeen(app, id, ({ referral }) => referral !== undefined);
      const list = await untilListed(app, '?finding=words', id);
      const text = async (role: keyof typeof tokens, path: string) => (await ask(app, role, 'GET', path)).text();
      return {
        view,
        item: JSON.parse(list).items.find((item: { id: string }) => item.id === id),
        csv: await text('organiser', '?format=csv'),
        hidden: [await text('reviewer', ''), await text('reviewer', `/${id}`), await text('reviewer', '?format=csv')],
        status: await (await poll(app, id, ({ stage }) => stage === 'moderation')).text(),
      };
    });

    const shown = {
      awaits: 'organisers',
      verdicts: [],
      referral: { due: expect.any(String), whenDue: 'escalate', findings },
    };
    expect(seen.view).toMatchObject(shown);
    expect(seen.item).toMatchObject(shown);
    expect(seen.csv).toContain(`words: ${detail}`);
    for (const text of [...seen.hidden, seen.status]) expect(text).not.toMatch(/awaits|referral|insult|organisers/);
    expect(JSON.parse(seen.status)).toMatchObject({ status: 'Running', stage: 'moderation' });
  });

  test('have a deadline that an organiser moves, and are decided by one', async () => {
    const due = '2099-01-01T00:00:00.000Z';
    const [before, moved, decided, after] = await withWorker(server, async () => {
      const app = aGateway({ call, isProved: true });
      const { id } = await submitTo(app, aRequest({ title: 'Idiots at home' }));
      const before = await untilSeen(app, id, ({ referral }) => referral !== undefined);
      await ask(app, 'organiser', 'PUT', `/${id}/deadline`, { due });
      const moved = await untilSeen(app, id, () => true);
      const decision = { stage: 'moderation', outcome: 'passed' };
      const decided = await (await ask(app, 'organiser', 'PUT', `/${id}/decision`, decision)).json();
      return [before, moved, decided, await untilSeen(app, id, ({ stage }) => stage === 'shortlisting')];
    });

    expect([before.referral, moved.referral]).toEqual([
      { due: expect.not.stringMatching(due), whenDue: 'escalate', findings },
      { due, whenDue: 'escalate', findings },
    ]);
    expect(decided).toMatchObject({ stage: 'moderation', outcome: 'passed', findings });
    expect(after).toMatchObject({ awaits: 'shortlisting', verdicts: [decided] });
    expect(after).not.toHaveProperty('referral');
  });
});

describe('PUT /api/organiser/submissions/{id}/processing', () => {
  /** Gives up at once. */
  const broken = {
    activities: {
      shortlist: async () => {
        throw ApplicationFailure.nonRetryable('out of order');
      },
    },
  };

  test('restarts, or ends: what was told as Failed stays so, and a reopened one begins its stage anew', async () => {
    const seen = await withWorker(
      server,
      async () => {
        const app = aGateway({ isProved: true });
        const { id } = await submitTo(app);
        const stuck = await untilSeen(app, id, ({ isStuck }) => isStuck === true);
        const running = await statusOf(await poll(app, id, ({ stage }) => stage === 'shortlisting'));
        const early = await ask(app, 'organiser', 'POST', `/${id}/reopening`, { reason: 'It is needed.' });
        const restarted = await ask(app, 'organiser', 'PUT', `/${id}/processing`, { processing: 'restart' });
        await untilSeen(app, id, ({ isStuck }) => isStuck === true);
        const reason = 'The disk is gone.';
        const ended = await ask(app, 'organiser', 'PUT', `/${id}/processing`, { processing: 'end', reason });
        const failed = await statusOf(await poll(app, id, ({ status }) => status === 'Failed'));
        await untilListed(app, '?outcome=failed', id);
        const reopening = await ask(app, 'organiser', 'POST', `/${id}/reopening`, { reason: 'It is repaired.' });
        const successor: string = JSON.parse(await reopening.text()).id;
        server.started.add(`submission-${successor}`);
        const begun = await untilSeen(app, successor, ({ isStuck }) => isStuck === true);
        const late = await ask(app, 'organiser', 'PUT', `/${id}/processing`, { processing: 'end' });
        const after = await statusOf(await app.request(pathOf(id)));
        const sent = [await untilSent(id), await untilSent(successor)];
        const [file = ''] = (await readdir(server.outbox)).filter((name) => name.startsWith(`${successor}.reopened`));
        const letter = (await readFile(join(server.outbox, file), 'utf8')).replaceAll(/=\r?\n/g, '');
        return { stuck, running, early, restarted, ended, failed, begun, late, after, sent, letter, successor };
      },
      broken,
    );

    expect(seen.stuck).toMatchObject({ stage: 'shortlisting', awaits: 'organisers', isStuck: true });
    expect(seen.running).toMatchObject({ status: 'Running', stage: 'shortlisting' });
    expect(await problemOf(seen.early)).toMatchObject({ type: problemType('not-over') });
    expect(await seen.restarted.json()).toEqual({ processing: 'restart' });
    expect(await seen.ended.json()).toEqual({ processing: 'end', reason: 'The disk is gone.' });
    expect(seen.failed).toMatchObject({
      status: 'Failed',
      stage: 'shortlisting',
      error: { code: 'processing-failed' },
    });
    expect(seen.after).toEqual(seen.failed);
    expect(seen.begun).toMatchObject({ stage: 'shortlisting', verdicts: [{ stage: 'moderation' }] });
    expect(await problemOf(seen.late)).toMatchObject({ type: problemType('submission-concluded') });
    expect(seen.sent).toEqual([['not-processed'], ['reopened']]);
    expect(seen.letter).toContain(`/submissions/${seen.successor}#token`);
  });

  test('is refused where the service has not given up, and to reviewers', async () => {
    const answers = await withWorker(server, async () => {
      const app = aGateway({ call: aSlowCall('1h') });
      const { id } = await submitTo(app);
      await untilSeen(app, id, ({ stage }) => stage === 'moderation');
      const set = (role: keyof typeof tokens, processing: string) =>
        ask(app, role, 'PUT', `/${id}/processing`, { processing });
      return [await set('organiser', 'restart'), await set('reviewer', 'end'), await set('organiser', 'begin')];
    });

    const codes = await Promise.all(answers.map(async (answer) => (await problemOf(answer)).type.split('#')[1]));
    expect(codes).toEqual(['not-stuck', 'unauthorized', 'invalid-command']);
  });
});

testThatHistoriesReplay(server, 4);
