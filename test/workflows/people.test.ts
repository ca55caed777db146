import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { WorkflowHandle } from '@temporalio/client';
import { MockActivityEnvironment } from '@temporalio/testing';
import { describe, expect, test } from 'vitest';
import { rulesOfStage } from '../../contract/call/rules-of-stage.ts';
import { conclusionOf } from '../../contract/record.ts';
import { conflictUpdate, rescheduleUpdate } from '../../contract/workflow/commands.ts';
import { publicStatusQuery } from '../../contract/workflow/queries.ts';
import { giveCommand } from '../../temporal/give-command.ts';
import { aRequestToRejectAtOnce } from '../support/fixtures.ts';
import { attendance, panelRules, scores } from '../support/people.ts';
import { testThatHistoriesReplay, useTimeSkippingServer } from '../support/temporal.ts';
import {
  announce,
  answer,
  decide,
  overrule,
  refusalOf,
  review,
  stateOf,
  usePeople,
  withdraw,
} from '../support/use-people.ts';

const server = useTimeSkippingServer();
const { withPeople, start, startPanel, sentAbout } = usePeople(server);
const day = 86_400_000;

describe('a panel', () => {
  test('needs its quorum; then an organiser decides, and the speaker is notified at the announcement', async () => {
    const [refused, decided, before, after, sent] = await withPeople(async () => {
      const handle = await startPanel(panelRules());
      await review(handle, 'Rita');
      const refused = await refusalOf(decide(handle, 'passed'));
      await review(handle, 'Rolf', {
        scores: { substance: 2 },
        note: 'Not for beginners.',
        feedback: 'Show the code.',
      });
      const decided = await decide(handle, 'passed');
      await server.env.sleep('1 day');
      const before = await handle.query(publicStatusQuery);
      await announce(handle);
      await handle.result();
      return [refused, decided, before, await handle.query(publicStatusQuery), handle];
    });

    expect(refused).toEqual({ type: 'quorum-not-reached', quorum: 2, reviews: 1 });
    expect(decided).toMatchObject({ outcome: 'passed', by: 'Olga', panelScore: 3 });
    expect(decided).not.toHaveProperty('automaticScore');
    expect(before).toMatchObject({ status: 'Running', stage: 'selection', progress: { completed: 2 } });
    expect(before).not.toHaveProperty('result');
    expect(after).toMatchObject({ status: 'Succeeded', progress: { completed: 3 }, result: { outcome: 'accepted' } });
    expect(await sentAbout(sent)).toEqual(['accepted.email']);
    const mail = await readFile(
      join(server.outbox, `${sent.workflowId.slice(11)}.accepted.email@example.org.eml`),
      'utf8',
    );
    expect(mail).toContain('Show the code.');
    expect(mail).not.toContain('Not for beginners.');
  });

  test("counts each reviewer once: a second review replaces the first, and abstentions don't count for the quorum", async () => {
    const [reviews, refused] = await withPeople(async () => {
      const handle = await startPanel(panelRules());
      await review(handle, 'Rita', { scores: { substance: 1 } });
      await review(handle, 'Rita', { scores: { substance: 5 } });
      await review(handle, 'Rolf', { abstains: true });
      return [(await stateOf(handle)).reviews, await refusalOf(decide(handle, 'passed'))];
    });

    expect(reviews).toMatchObject([
      { by: 'Rita', scores: { substance: 5 }, score: 5 },
      { by: 'Rolf', abstains: true },
    ]);
    expect(refused).toMatchObject({ type: 'quorum-not-reached', reviews: 1 });
  });

  test('refuses reviewers with a conflict of interest, and drops their reviews', async () => {
    const [state, refusals] = await withPeople(async () => {
      const handle = await startPanel(panelRules());
      await review(handle, 'Olga');
      await giveCommand(handle, conflictUpdate, { args: [{ by: 'Olga', reason: 'A colleague of mine.' }] });
      const refusals = [await refusalOf(review(handle, 'Olga')), await refusalOf(decide(handle, 'passed', overrule))];
      return [await stateOf(handle), refusals];
    });

    expect(refusals.map(({ type }) => type)).toEqual(['conflict-of-interest', 'conflict-of-interest']);
    expect(state.reviews).toEqual([]);
    expect(state.commands?.map(({ by, command }) => `${by} ${command}`)).toEqual(['Olga review', 'Olga conflict']);
  });

  test('refuses scores from a reviewer who abstained and could read the reviews of others', async () => {
    const [early, refusals, state] = await withPeople(async () => {
      const handle = await startPanel(panelRules());
      await review(handle, 'Rita', { abstains: true });
      const early = await review(handle, 'Rita');
      await review(handle, 'Olga', { abstains: true });
      const refusals = [
        await refusalOf(review(handle, 'Olga')),
        await refusalOf(review(handle, 'Rita', { scores: { substance: 1 } })),
        await refusalOf(review(handle, 'Rolf', { scores, seesAll: true })),
      ];
      await review(handle, 'Rita', { scores, note: 'As before.' });
      await giveCommand(handle, conflictUpdate, { args: [{ by: 'Rita' }] });
      refusals.push(await refusalOf(review(handle, 'Olga')));
      await review(handle, 'Rolf');
      return [early, refusals, await stateOf(handle)];
    });

    expect(early).toMatchObject({ stage: 'selection', score: scores.substance });
    expect(refusals.map(({ type }) => type)).toEqual(Array(4).fill('reviews-read'));
    expect(state.reviews).toEqual([
      { by: 'Olga', stage: 'selection', at: expect.any(String), abstains: true },
      { by: 'Rolf', stage: 'selection', at: expect.any(String), scores, score: scores.substance },
    ]);
  });

  test("refuses reviewers with a confirmed conflict; an organiser with a conflict can't confirm one", async () => {
    const [conflict, again, refused, state] = await withPeople(async () => {
      const handle = await startPanel(panelRules());
      await review(handle, 'Rita');
      const confirm = (by: string, person: string) =>
        giveCommand(handle, conflictUpdate, { args: [{ by, person, reason: 'They speak together.' }] });
      const [conflict, again] = [await confirm('Olga', 'Rita'), await confirm('Otto', 'Rita')];
      const refused = [await refusalOf(review(handle, 'Rita')), await refusalOf(confirm('Rita', 'Rolf'))];
      return [conflict, again, refused, await stateOf(handle)];
    });

    expect(conflict).toEqual({
      by: 'Rita',
      at: expect.any(String),
      reason: 'They speak together.',
      confirmedBy: 'Olga',
    });
    expect(again).toEqual(conflict);
    expect(refused.map(({ type }) => type)).toEqual(['conflict-of-interest', 'conflict-of-interest']);
    expect(state.reviews).toEqual([]);
    expect(state.commands?.[1]).toMatchObject({ by: 'Olga', command: 'conflict', detail: 'Rita' });
  });

  test('can be overridden with a reason, which is recorded', async () => {
    const state = await withPeople(async () => {
      const handle = await startPanel(panelRules());
      await decide(handle, 'rejected', overrule);
      return stateOf(handle);
    });

    expect(state.verdicts.at(-1)).toMatchObject({ outcome: 'rejected', by: 'Olga', ...overrule });
    expect(state.commands?.at(-1)).toMatchObject({ command: 'decide', reason: overrule.reason });
  });

  test('is reminded before its deadline and notified after it, and can still decide', async () => {
    const [sent, status] = await withPeople(async () => {
      const handle = await startPanel(panelRules());
      const sent: string[][] = [];
      for (const days of [6, 2, 5, 2]) {
        await server.env.sleep(days * day);
        sent.push(await sentAbout(handle));
      }
      await decide(handle, 'passed', overrule);
      await announce(handle);
      await handle.result();
      return [sent, await handle.query(publicStatusQuery)];
    });

    expect(sent).toEqual([
      [],
      ['panel-reminder'],
      ['panel-reminder', 'panel-reminder-2'],
      ['decision-due', 'panel-reminder', 'panel-reminder-2'],
    ]);
    expect(status.result).toEqual({ outcome: 'accepted' });
  });

  test('leaves the decision to the service at the deadline, if its policy says so', async () => {
    const [state, verdict] = await withPeople(async () => {
      const handle = await startPanel(panelRules({ whenDue: 'automatic', deadline: '2d', reminders: [] }));
      await server.env.sleep('3 days');
      const state = await stateOf(handle);
      return [state, state.verdicts.at(-1)];
    });

    expect(verdict).toMatchObject({ stage: 'selection', outcome: 'passed', reasons: [{ code: 'reaches-bar' }] });
    expect(verdict?.by).toBeUndefined();
    expect(conclusionOf(state)).toBeUndefined();
  });

  test('follows a deadline that was moved, earlier or later', async () => {
    const due = await withPeople(async () => {
      const rules = panelRules({ whenDue: 'automatic', deadline: '30d', reminders: ['10d'] });
      const now = await server.env.currentTimeMs();
      const move = async (handle: WorkflowHandle, days: number) =>
        giveCommand(handle, rescheduleUpdate, {
          args: [{ by: 'Olga', due: new Date(now + days * day).toISOString() }],
        });
      const [earlier, later] = [await startPanel(rules), await startPanel(rules)];
      await move(earlier, 3);
      await move(later, 40);
      const decidedOn = async (handle: WorkflowHandle) => {
        const at = (await stateOf(handle)).verdicts.find(({ stage }) => stage === 'selection')?.decidedAt;
        return at && Math.floor((Date.parse(at) - now) / day);
      };
      await server.env.sleep('35 days');
      const first = [await decidedOn(earlier), await decidedOn(later), await sentAbout(later)];
      await server.env.sleep('10 days');
      return [...first, await decidedOn(later)];
    });

    expect(due).toEqual([3, undefined, ['panel-reminder'], 40]);
  });

  test('in an earlier stage lets the submission go on', async () => {
    const { policy } = rulesOfStage(panelRules(), 'selection');
    const policies = {
      moderation: policy,
      shortlisting: { kind: 'automatic' as const, after: 3_600_000 },
      selection: policy,
    };
    const stages = panelRules().stages.map((one) => ({ ...one, policy: policies[one.stage] }));
    const rules = { ...panelRules(), stages };
    const [waitlisted, between, status] = await withPeople(async () => {
      const handle = await startPanel(rules);
      const waitlisted = await refusalOf(decide(handle, 'waitlisted', { stage: 'moderation', ...overrule }));
      await decide(handle, 'passed', { stage: 'moderation', ...overrule });
      await server.env.sleep('1 minute');
      const between = await refusalOf(review(handle, 'Rita'));
      await server.env.sleep('2 hours');
      return [waitlisted, between, await handle.query(publicStatusQuery)];
    });

    expect(waitlisted.type).toBe('no-waiting-list-here');
    // The next stage has no panel.
    expect(between.type).toBe('not-under-review');
    expect(status).toMatchObject({ stage: 'selection', progress: { completed: 2 } });
  });
});

describe('H23: a decision', () => {
  test('is not replaced by another one, which is refused with the standing one unless it names it', async () => {
    const [first, again, refused, reversed, outcome] = await withPeople(async () => {
      const handle = await startPanel(panelRules());
      const first = await decide(handle, 'passed', overrule);
      const again = await decide(handle, 'passed', overrule);
      const refused = await refusalOf(decide(handle, 'rejected', { by: 'Otto', ...overrule }));
      const reversed = await decide(handle, 'rejected', { by: 'Otto', ...overrule, replaces: first.number });
      await announce(handle);
      return [first, again, refused, reversed, await handle.result()];
    });

    expect(again).toEqual(first);
    expect(refused).toMatchObject({
      type: 'already-decided',
      decision: { outcome: 'passed', by: 'Olga', number: first.number },
    });
    expect(reversed).toMatchObject({ outcome: 'rejected', by: 'Otto' });
    expect(outcome).toEqual({ outcome: 'rejected' });
  });

  test('to reject in an early stage can be reversed: then the submission goes on', async () => {
    const status = await withPeople(async () => {
      const handle = await startPanel(panelRules(), aRequestToRejectAtOnce());
      const [rejected] = (await stateOf(handle)).verdicts;
      const before = await handle.query(publicStatusQuery);
      expect(before).toMatchObject({ stage: 'moderation', progress: { completed: 0 } });
      await decide(handle, 'passed', {
        stage: 'moderation',
        replaces: rejected?.number ?? 0,
        reason: 'It is a quotation.',
      });
      await server.env.sleep('1 minute');
      return handle.query(publicStatusQuery);
    });

    expect(status).toMatchObject({ status: 'Running', stage: 'selection' });
  });

  test("can't be announced before it is made", async () => {
    const refused = await withPeople(async () => refusalOf(announce(await startPanel(panelRules()))));

    expect(refused.type).toBe('not-decided');
  });
});

describe('an accepted speaker', () => {
  const rules = () => panelRules({}, { attendance });

  async function startAccepted() {
    const handle = await startPanel(rules());
    await decide(handle, 'passed', overrule);
    await announce(handle);
    await server.env.sleep('1 minute');
    return handle;
  }

  test('confirms once; another answer is refused', async () => {
    const [awaited, confirmed, refused, sent] = await withPeople(async () => {
      const handle = await startAccepted();
      const awaited = await handle.query(publicStatusQuery);
      const confirmed = await answer(handle, 'confirmed');
      const refused = await answer(handle, 'declined').catch((error: unknown) => error);
      await handle.result();
      return [awaited, confirmed, refused, handle];
    });

    expect(awaited).toMatchObject({ status: 'Succeeded', result: { outcome: 'accepted', attendance: 'awaited' } });
    expect(confirmed).toMatchObject({ status: 'Succeeded', result: { outcome: 'accepted', attendance: 'confirmed' } });
    expect(refused).toBeInstanceOf(Error);
    expect(await sentAbout(sent)).toEqual(['accepted.email', 'confirmed']);
  });

  test('is reminded, and loses the slot at the deadline', async () => {
    const [seen, sent] = await withPeople(async () => {
      const handle = await startAccepted();
      const seen: string[] = [];
      for (const days of [6, 2, 4]) {
        await server.env.sleep(days * day);
        const { result } = await handle.query(publicStatusQuery);
        seen.push(`${result?.attendance} ${(await sentAbout(handle)).join()}`);
      }
      await handle.result();
      return [seen, handle];
    });

    expect(seen.slice(0, 2)).toEqual(['awaited accepted.email', 'awaited accepted.email,attendance-reminder.email']);
    expect(seen[2]).toMatch(/^lapsed/);
    expect(await sentAbout(sent)).toEqual([
      'accepted.email',
      'attendance-lapsed',
      'attendance-reminder.email',
      'lapsed.email',
    ]);
  });

  test('H19: gets the same answers as others before the announcement, whatever the decision', async () => {
    const refusals = await withPeople(async () => {
      const handles = [await startPanel(rules()), await startPanel(rules()), await startPanel(rules())] as const;
      await decide(handles[0], 'passed', overrule);
      await decide(handles[1], 'rejected', overrule);
      return Promise.all(handles.map((handle) => refusalOf(answer(handle, 'confirmed'))));
    });

    expect(new Set(refusals.map((refusal) => JSON.stringify(refusal)))).toEqual(new Set(['{"type":"not-accepted"}']));
  });

  test('H19: who withdraws before the announcement tells nobody what was decided, until others are announced', async () => {
    // Those of the tests before.
    await server.store.waitingList.drop();
    const [withdrawn, seen, sent] = await withPeople(async () => {
      const waiting = await startPanel(rules());
      await decide(waiting, 'waitlisted', overrule);
      await announce(waiting);
      const look = async () => (await waiting.query(publicStatusQuery)).result;
      const seen: unknown[] = [];
      const withdrawn: WorkflowHandle[] = [];
      for (const outcome of ['rejected', 'waitlisted', 'passed'] as const) {
        const handle = await startPanel(rules());
        await decide(handle, outcome, overrule);
        await withdraw(handle);
        await handle.result();
        withdrawn.push(handle);
        seen.push(await look());
      }
      await new MockActivityEnvironment().run(() => server.activities.releaseHeldSlots());
      seen.push(await look());
      const statuses = await Promise.all(withdrawn.map((handle) => handle.query(publicStatusQuery)));
      const alike = statuses.map(({ id: _, createdAt: __, lastUpdatedAt: ___, ...status }) => status);
      return [alike, seen, await Promise.all(withdrawn.map(sentAbout))];
    });

    const [first] = withdrawn;
    const waits = { outcome: 'waitlisted' };
    expect(withdrawn).toEqual([first, first, first]);
    expect(first).toMatchObject({ status: 'Canceled' });
    expect(seen).toEqual([waits, waits, waits, { outcome: 'accepted', attendance: 'awaited' }]);
    expect(sent).toEqual([['withdrawn'], ['withdrawn'], ['withdrawn']]);
  });

  test('who gave the slot back frees no second one by withdrawing the reopened submission, unless it is decided anew', async () => {
    await server.store.waitingList.drop();
    const waiting = await withPeople(async () => {
      const [handle, ...list] = [await startAccepted(), await startPanel(rules()), await startPanel(rules())];
      for (const one of list) await decide(one, 'waitlisted', overrule);
      for (const one of list) await announce(one);
      await answer(handle, 'declined');
      await handle.result();
      const { id, verdicts } = await stateOf(handle);
      const waiting: (string | undefined)[][] = [];
      const look = async () => {
        await server.env.sleep('1 minute');
        const all = await Promise.all(list.map((one) => one.query(publicStatusQuery)));
        waiting.push(all.map(({ result }) => result?.outcome));
      };
      await look();
      for (const isDecidedAnew of [false, true]) {
        const reopens = { id, original: id, by: 'Olga', reason: 'A mistake.', stage: 'selection' as const, verdicts };
        const copy = await start(rules(), {}, reopens);
        await server.env.sleep('1 minute');
        const replaces = verdicts.at(-1)?.number ?? 0;
        if (isDecidedAnew) await decide(copy, 'passed', { by: 'Otto', ...overrule, replaces });
        await withdraw(copy);
        await copy.result();
        await new MockActivityEnvironment().run(() => server.activities.releaseHeldSlots());
        await look();
      }
      return waiting;
    });

    expect(waiting).toEqual([
      ['accepted', 'waitlisted'],
      ['accepted', 'waitlisted'],
      ['accepted', 'accepted'],
    ]);
  });
});

testThatHistoriesReplay(server, 15);
