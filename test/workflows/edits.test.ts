import { setTimeout as delay } from 'node:timers/promises';
import { ApplicationFailure, type WorkflowHandle } from '@temporalio/client';
import { describe, expect, test } from 'vitest';
import type { CallRules } from '../../contract/call/rules.ts';
import { conclusionOf, panelAtWork, workOf } from '../../contract/record.ts';
import { editUpdate, resyncSignal } from '../../contract/workflow/commands.ts';
import { publicStatusQuery, recordQuery } from '../../contract/workflow/queries.ts';
import { submissionIdOf, workflowIdOf } from '../../contract/workflow/workflow-ids.ts';
import { deadlineIn } from '../../process/deadline.ts';
import { everything } from '../../store/sight.ts';
import { giveCommand } from '../../temporal/give-command.ts';
import { createSubmissions } from '../../temporal/submissions.ts';
import { anId, anInput, aSubmission } from '../support/fixtures.ts';
import { attendance, panelRules } from '../support/people.ts';
import { reappliedWith, resets } from '../support/reset.ts';
import { testThatHistoriesReplay, useDevServer, withWorker } from '../support/temporal.ts';
import { announce, answer, decide, overrule, refusalOf, review, stateOf, withdraw } from '../support/use-people.ts';

const server = useDevServer();
let seed = 0;

async function start(rules: CallRules = panelRules(), change: Record<string, unknown> = {}): Promise<WorkflowHandle> {
  seed += 1;
  const id = anId(seed);
  const input = anInput({ id, rules, createdAt: new Date().toISOString(), submission: aSubmission(change) });
  await createSubmissions(server.env.client).start(input, deadlineIn(10_000));
  server.started.add(workflowIdOf(id));
  return server.env.client.workflow.getHandle(workflowIdOf(id));
}

async function startPanel(rules?: CallRules): Promise<WorkflowHandle> {
  const handle = await start(rules);
  await expect.poll(async () => panelAtWork(await stateOf(handle))).toBeDefined();
  return handle;
}

const edit = (handle: WorkflowHandle, change: Record<string, unknown>, onlyIf?: number) =>
  giveCommand(handle, editUpdate, {
    args: [{ submission: aSubmission(change), ...(onlyIf !== undefined && { onlyIf }) }],
  });

const textIn = async (handle: WorkflowHandle) => (await handle.query(recordQuery)).submission;

const idOf = ({ workflowId }: WorkflowHandle) => submissionIdOf(workflowId) ?? anId(0);

async function onRecord(handle: WorkflowHandle) {
  const item = await server.store.list.find(idOf(handle), everything);
  const versions = item ? await server.store.versions.of(item) : [];
  return { title: item?.submission.title, versions: versions.map(({ submission }) => submission.title) };
}

const first = aSubmission().title;

/** The rules of the moderation, changed so that insults are referred to people. */
function referring(rules: CallRules, whenDue: 'pass' | 'escalate', days = 1): CallRules {
  const words = { refer: { deadline: { days, milliseconds: 0 }, whenDue } };
  return {
    ...rules,
    stages: rules.stages.map((one) =>
      one.stage === 'moderation' ? { ...one, checks: { ...one.checks, words } } : one,
    ),
  };
}

test('H37: an edit takes few events, is kept with the text before it, and changes nothing that readers see', async () => {
  const [events, before, after, kept, state] = await withWorker(server, async () => {
    const handle = await startPanel();
    await expect.poll(() => onRecord(handle)).toMatchObject({ title: first });
    await delay(300);
    const { historyLength } = await handle.describe();
    const before = await handle.query(publicStatusQuery);
    await edit(handle, { title: 'Another title' });
    const after = await handle.query(publicStatusQuery);
    await expect.poll(() => onRecord(handle)).toMatchObject({ title: 'Another title' });
    await delay(300);
    const events = (await handle.describe()).historyLength - historyLength;
    return [events, before, after, await onRecord(handle), await stateOf(handle)];
  });

  expect(events).toBeLessThanOrEqual(7);
  expect(after).toEqual(before);
  expect(kept).toEqual({ title: 'Another title', versions: [first, 'Another title'] });
  expect(state.commands?.at(-1)).toMatchObject({ by: 'speaker', command: 'edit', detail: 'title' });
});

test('of many at once, that are meant for one version, one counts', async () => {
  const [made, title, versions] = await withWorker(server, async () => {
    const handle = await startPanel();
    const titles = Array.from({ length: 10 }, (_, index) => `Title ${index}`);
    const answers = await Promise.allSettled(titles.map((title) => edit(handle, { title }, 1)));
    const made = titles.filter((_, index) => answers[index]?.status === 'fulfilled');
    const { title } = await textIn(handle);
    await expect.poll(async () => (await onRecord(handle)).title).toBe(title);
    return [made, title, (await onRecord(handle)).versions];
  });

  expect(made).toEqual([title]);
  expect(versions).toEqual([first, title]);
});

test('what the moderation rejects is refused, with what is wrong; the text that stands is kept', async () => {
  const [refusal, title, state] = await withWorker(server, async () => {
    const handle = await startPanel();
    const refusal = await refusalOf(edit(handle, { title: 'Shorter', description: 'Unquestionably insufficient.' }));
    return [refusal, (await textIn(handle)).title, await stateOf(handle)];
  });

  expect(refusal).toMatchObject({ type: 'invalid-submission', errors: [{ pointer: '/description' }] });
  expect([title, state.edition]).toEqual([first, undefined]);
});

test('what people are to judge in an edited text holds back what is automatic, and their decision ends that', async () => {
  const rules = referring(panelRules({ whenDue: 'automatic', deadline: '2s', reminders: [] }), 'escalate');
  const [awaits, held, cleared] = await withWorker(server, async () => {
    const handle = await startPanel(rules);
    await edit(handle, { title: 'Idiots at work' });
    await delay(3_000);
    const { course, recheck } = await stateOf(handle);
    const item = async () => server.store.list.find(idOf(handle), everything);
    await expect.poll(async () => (await item())?.state.releases?.map(({ name }) => name)).toContain('referred');
    await decide(handle, 'passed', overrule);
    return [course.at, recheck, await stateOf(handle)];
  });

  expect(awaits).toBe('stage');
  expect(held).toMatchObject({ whenDue: 'escalate', findings: [{ check: 'words', consequence: 'refer' }] });
  expect(cleared.recheck).toBeUndefined();
  expect(cleared.course.at).toBe('decided');
});

test('a referral of the first text is about the edited one, and is over if that has nothing to be judged', async () => {
  const rules = referring(panelRules(), 'escalate');
  const [again, passed] = await withWorker(server, async () => {
    const handle = await start(rules, { title: 'Idiots at work' });
    await expect.poll(async () => workOf(await stateOf(handle))?.kind).toBe('referral');
    await edit(handle, { title: 'You idiots' });
    const again = workOf(await stateOf(handle));
    await edit(handle, { title: 'A polite title' });
    await expect.poll(async () => panelAtWork(await stateOf(handle))).toBeDefined();
    return [again, await stateOf(handle)];
  });

  expect(again).toMatchObject({
    kind: 'referral',
    verdict: { findings: [{ detail: expect.stringContaining('idiots') }] },
  });
  expect(passed.verdicts[0]).toMatchObject({ stage: 'moderation', outcome: 'passed' });
  expect(passed.verdicts[0]?.findings).toBeUndefined();
});

test('H19: a text that was rejected behind the curtain, and is repaired, is judged again', async () => {
  const rules = panelRules({}, { disclosure: 'until-announced' });
  const [before, after, statuses] = await withWorker(server, async () => {
    const handle = await start(rules, { description: 'Unquestionably insufficient.' });
    await expect.poll(async () => (await stateOf(handle)).course.at).toBe('decided');
    const { verdicts } = await stateOf(handle);
    const shown = [await handle.query(publicStatusQuery)];
    await edit(handle, { title: 'Repaired' });
    await expect.poll(async () => panelAtWork(await stateOf(handle))).toBeDefined();
    shown.push(await handle.query(publicStatusQuery));
    return [verdicts, (await stateOf(handle)).verdicts, shown];
  });

  expect(before).toMatchObject([{ stage: 'moderation', outcome: 'rejected' }]);
  expect(after.map(({ outcome }) => outcome)).toEqual(['passed', 'passed']);
  expect(statuses[0]).toEqual(statuses[1]);
});

test('a stage that judges while the text is edited judges the new one', async () => {
  const judged: string[] = [];
  const { shortlist } = server.activities;
  let isSlow = true;
  const slow = async (...given: Parameters<typeof shortlist>) => {
    judged.push(given[0].title);
    if (!isSlow) return shortlist(...given);
    throw ApplicationFailure.create({ message: 'it takes its time', nextRetryDelay: '300 milliseconds' });
  };
  const title = 'The text that counts';
  await withWorker(
    server,
    async () => {
      const handle = await start();
      await expect.poll(() => judged.length, { timeout: 20_000 }).toBeGreaterThan(3);
      await edit(handle, { title });
      await expect.poll(() => judged.at(-1), { timeout: 20_000 }).toBe(title);
      isSlow = false;
      await expect.poll(async () => panelAtWork(await stateOf(handle)), { timeout: 20_000 }).toBeDefined();
    },
    { activities: { shortlist: slow } },
  );

  expect(new Set(judged.slice(judged.indexOf(title)))).toEqual(new Set([title]));
});

/** The database is away as long as `isAway` is set. */
function withOutage() {
  const { record, recordFromWorkflow } = server.activities;
  const unlessAway =
    <Given extends unknown[], Value>(run: (...given: Given) => Promise<Value>) =>
    async (...given: Given) => {
      const message = 'the database is away';
      if (outage.isAway) throw ApplicationFailure.create({ message, nextRetryDelay: '200 milliseconds' });
      return run(...given);
    };
  const outage = {
    isAway: false,
    activities: { record: unlessAway(record), recordFromWorkflow: unlessAway(recordFromWorkflow) },
  };
  return outage;
}

const untilTaken = (...given: Parameters<typeof edit>) =>
  expect
    .poll(() =>
      edit(...given).then(
        () => 'done',
        () => 'not yet',
      ),
    )
    .toBe('done');

test('while the database is away, ten edits are taken, and no more; all are on record afterwards', async () => {
  const outage = withOutage();
  const [refusal, kept, title] = await withWorker(
    server,
    async () => {
      const handle = await startPanel();
      await expect.poll(() => onRecord(handle)).toMatchObject({ title: first });
      outage.isAway = true;
      for (let number = 1; number <= 10; number += 1) await edit(handle, { title: `Title ${number}` });
      const refusal = await refusalOf(edit(handle, { title: 'One more' }));
      outage.isAway = false;
      await expect.poll(async () => (await onRecord(handle)).title, { timeout: 30_000 }).toBe('Title 10');
      // The workflow hears of it a moment later.
      await untilTaken(handle, { title: 'Afterwards' });
      await expect.poll(async () => (await onRecord(handle)).title, { timeout: 30_000 }).toBe('Afterwards');
      return [refusal, await onRecord(handle), (await textIn(handle)).title];
    },
    { activities: outage.activities },
  );

  const titles = Array.from({ length: 10 }, (_, index) => `Title ${index + 1}`);
  expect(refusal.type).toBe('temporarily-unavailable');
  expect(kept.versions).toEqual([first, ...titles, 'Afterwards']);
  expect(title).toBe('Afterwards');
});

test('one that is withdrawn in an outage while its outcome waits to be told is withdrawn', async () => {
  const outage = withOutage();
  const kind = await withWorker(
    server,
    async () => {
      const handle = await startPanel();
      await expect.poll(() => onRecord(handle)).toMatchObject({ title: first });
      outage.isAway = true;
      await review(handle, 'Rita');
      await delay(1_500);
      await decide(handle, 'passed', overrule);
      await announce(handle);
      await delay(300);
      await withdraw(handle);
      outage.isAway = false;
      await handle.result();
      return conclusionOf(await stateOf(handle))?.kind;
    },
    { activities: outage.activities },
  );

  expect(kind).toBe('withdrawn');
});

describe.each(reappliedWith)("an operator's reset to any point, %s", (reapplied) => {
  test('of one that was edited: the text on record stands, and can be edited again', async () => {
    const [after, last] = await withWorker(server, async () => {
      const handle = await startPanel(panelRules({}, { attendance }));
      await edit(handle, { title: 'On record' });
      await expect.poll(() => onRecord(handle)).toMatchObject({ title: 'On record' });
      const after: unknown[] = [];
      for await (const _ of resets(server, handle, reapplied)) {
        await handle.signal(resyncSignal);
        await expect.poll(async () => (await textIn(handle)).title, { timeout: 20_000 }).toBe('On record');
        await expect.poll(async () => (await stateOf(handle)).edition, { timeout: 20_000 }).toBe(2);
        after.push(await onRecord(handle));
      }
      await untilTaken(handle, { title: 'Edited again' });
      await expect.poll(async () => (await onRecord(handle)).title).toBe('Edited again');
      return [after, await onRecord(handle)];
    });

    expect(after.length).toBeGreaterThanOrEqual(2);
    expect(after).toEqual(after.map(() => ({ title: 'On record', versions: [first, 'On record'] })));
    expect(last).toEqual({ title: 'Edited again', versions: [first, 'On record', 'Edited again'] });
  });
});

test('after an acceptance the letter and the record have the edited title, until it is over', async () => {
  const [letter, refusal] = await withWorker(server, async () => {
    const handle = await startPanel(panelRules({}, { attendance }));
    await edit(handle, { title: 'Before' });
    await decide(handle, 'passed', overrule);
    await announce(handle);
    await expect.poll(async () => (await stateOf(handle)).course.at).toBe('accepted');
    await edit(handle, { title: 'After' });
    await expect.poll(async () => (await onRecord(handle)).versions).toEqual([first, 'Before', 'After']);
    const refusal = await refusalOf(edit(handle, { title: 'After', track: 'data' }));
    await answer(handle, 'declined');
    await handle.result();
    const messages = await server.store.messages.after(undefined, ['sent', 'pending', 'superseded'], 100, everything);
    return [messages.find(({ id }) => id.startsWith(`${idOf(handle)}.accepted.`)), refusal];
  });

  expect(letter?.content).toMatchObject({ fields: { title: 'Before' } });
  expect(refusal).toMatchObject({ type: 'invalid-submission', errors: [{ pointer: '/track' }] });
});

testThatHistoriesReplay(server, 10);
