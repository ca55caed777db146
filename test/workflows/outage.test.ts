import { ApplicationFailure, type WorkflowHandle } from '@temporalio/client';
import { expect, test } from 'vitest';
import { rulesOf } from '../../contract/call/call.ts';
import { attendanceOf, conclusionOf } from '../../contract/record.ts';
import type { SubmissionState } from '../../contract/state.ts';
import { publicStatusQuery } from '../../contract/workflow/queries.ts';
import { openDatabase } from '../../store/database.ts';
import { aCall } from '../support/fixtures.ts';
import { attendance, panelRules, scores } from '../support/people.ts';
import { testThatHistoriesReplay, useTimeSkippingServer } from '../support/temporal.ts';
import { announce, decide, overrule, refusalOf, review, stateOf, usePeople, withdraw } from '../support/use-people.ts';

const server = useTimeSkippingServer();
const { withPeople, start, startPanel, sentAbout } = usePeople(server);
const day = 86_400_000;

/** As long as the API takes it. */
const longest = '🎤'.repeat(2_000);

/** The service's activities, on a database that is away as long as `isAway` is set. */
function withOutages() {
  const outage = { isAway: false };
  const { record, recordFromWorkflow } = server.activities;
  // The real pause is a minute at most: as many attempts would take the test hours, and leave no trace either.
  const away = () => ApplicationFailure.create({ message: 'the database is away', nextRetryDelay: '1 day' });
  const activities = {
    record: async (...given: Parameters<typeof record>) => {
      // Its own retries are over within seconds; with that pause, they would be a timer of the workflow.
      if (outage.isAway) throw ApplicationFailure.nonRetryable('the database is away');
      return record(...given);
    },
    recordFromWorkflow: async (...given: Parameters<typeof recordFromWorkflow>) => {
      if (outage.isAway) throw away();
      return recordFromWorkflow(...given);
    },
  };
  return { outage, options: { activities } };
}

async function recorded({ workflowId }: WorkflowHandle): Promise<SubmissionState> {
  const db = openDatabase(server.location, () => undefined);
  const rows = await db.selectFrom('submissions').select(['id', 'state']).execute();
  await db.destroy();
  return JSON.parse(rows.find(({ id }) => workflowId.endsWith(id))?.state ?? '{}');
}

test('30 days without a database add few events to a panel at work, end nothing, and all is on record afterwards', async () => {
  const { outage, options } = withOutages();

  const [events, before, state, after, sent] = await withPeople(async () => {
    const handle = await startPanel(panelRules({ deadline: '60d', reminders: ['40d'] }));
    const { historyLength } = await handle.describe();
    outage.isAway = true;
    for (let days = 1; days <= 30; days += 1) {
      await review(handle, `Reviewer ${days}`, { scores, note: longest, feedback: longest });
      await server.env.sleep(day);
    }
    const before = await recorded(handle);
    const events = (await handle.describe()).historyLength - historyLength;
    outage.isAway = false;
    await server.env.sleep(2 * day);
    const sent = await sentAbout(handle);
    await decide(handle, 'passed');
    await announce(handle);
    await handle.result();
    return [events, before, await stateOf(handle), await recorded(handle), sent];
  }, options);

  expect(events).toBeLessThanOrEqual(300);
  expect(before.reviews).toBeUndefined();
  expect(sent).toEqual(['panel-reminder']);
  expect(after).toEqual(state);
  expect(after.reviews).toHaveLength(30);
  expect(after.reviews?.every(({ note, feedback }) => note === longest && feedback === longest)).toBe(true);
});

test('an outcome waits for the database: until then nobody is told, and a withdrawal comes after it', async () => {
  const { outage, options } = withOutages();

  const [before, during, refused, after, sent, due] = await withPeople(async () => {
    const handle = await startPanel(panelRules({}, { attendance }));
    await decide(handle, 'passed', overrule);
    const before = await handle.query(publicStatusQuery);
    outage.isAway = true;
    await announce(handle);
    await server.env.sleep(20 * day);
    const withdrawn = refusalOf(handle.executeUpdate('withdraw', { args: [{}] }));
    await server.env.sleep(10 * day);
    const during = await handle.query(publicStatusQuery);
    outage.isAway = false;
    const mended = await server.env.currentTimeMs();
    await server.env.sleep(2 * day);
    const answer = attendanceOf(await stateOf(handle));
    const due = answer?.answer === 'awaited' && Date.parse(answer.due) - mended;
    return [before, during, await withdrawn, await handle.query(publicStatusQuery), await sentAbout(handle), due];
  }, options);

  expect(during).toEqual(before);
  expect(refused).toEqual({ type: 'AlreadyConcluded' });
  expect(after.result).toEqual({ outcome: 'accepted', attendance: 'awaited' });
  expect(sent).toEqual(['accepted.email']);
  // The speaker's ten days begin with the attempt that records the acceptance, which waits for a day here.
  expect(due).toBeGreaterThanOrEqual(9 * day);
});

test('a withdrawal in the outage is the end where no outcome was about to be told', async () => {
  const { outage, options } = withOutages();

  const [withdrawn, kept, sent] = await withPeople(async () => {
    const handle = await startPanel(panelRules({}, { attendance }));
    await decide(handle, 'passed', overrule);
    outage.isAway = true;
    await withdraw(handle);
    const refused = await announce(handle).catch(() => false);
    await server.env.sleep(3 * day);
    const withdrawn = [refused, conclusionOf(await stateOf(handle))];
    outage.isAway = false;
    await server.env.sleep(2 * day);
    await handle.result();
    return [withdrawn, conclusionOf(await recorded(handle)), await sentAbout(handle)];
  }, options);

  expect(withdrawn).toEqual([false, { kind: 'withdrawn' }]);
  expect(kept).toEqual({ kind: 'withdrawn' });
  expect(sent).toEqual(['withdrawn']);
});

test('what a query tells stands in the memo as well, while an earlier record keeps an outcome from being told', async () => {
  const { outage, options } = withOutages();
  const { moderation, shortlisting, selection } = aCall().stages;
  const automatic = { policy: { kind: 'automatic' } };
  const stages = {
    moderation: { ...moderation, policy: { kind: 'automatic', after: '1h' } },
    shortlisting: { ...shortlisting, ...automatic },
    selection: { ...selection, ...automatic },
  };
  outage.isAway = true;

  const [told, published, after] = await withPeople(async () => {
    const handle = await start(rulesOf(aCall({ stages })));
    await server.env.sleep('2 hours');
    const told = await handle.query(publicStatusQuery);
    const { publicStatus } = (await handle.describe()).memo ?? {};
    outage.isAway = false;
    await server.env.sleep(3 * day);
    return [told, publicStatus, await handle.query(publicStatusQuery)];
  }, options);

  expect(told).toMatchObject({ status: 'Running', stage: 'selection' });
  expect(published).toEqual(told);
  expect(after).toMatchObject({ status: 'Succeeded', result: { outcome: 'accepted' } });
});

test('nor does it keep a lapsed answer from the memo', async () => {
  const { outage, options } = withOutages();

  const [told, published] = await withPeople(async () => {
    const handle = await startPanel(panelRules({}, { attendance }));
    await decide(handle, 'passed', overrule);
    await announce(handle);
    await server.env.sleep(6 * day);
    outage.isAway = true;
    await server.env.sleep(6 * day);
    const told = await handle.query(publicStatusQuery);
    const { publicStatus } = (await handle.describe()).memo ?? {};
    outage.isAway = false;
    await server.env.sleep(3 * day);
    return [told, publicStatus];
  }, options);

  expect(told.result).toEqual({ outcome: 'accepted', attendance: 'lapsed' });
  expect(published).toEqual(told);
});

testThatHistoriesReplay(server, 5);
