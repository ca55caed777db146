import { MockActivityEnvironment } from '@temporalio/testing';
import { beforeAll, expect, test } from 'vitest';
import { createOperations } from '../../activities/operations.ts';
import { rulesOf } from '../../contract/call/call.ts';
import type { Person } from '../../contract/committee/person.ts';
import { messageIdOf } from '../../contract/mail/message-id.ts';
import { messageSettingsOf } from '../../contract/message-settings.ts';
import type { SubmissionId } from '../../contract/submission-id.ts';
import { TemporalUnavailableError } from '../../temporal/bounded-calls.ts';
import type { Applied } from '../../temporal/workflows/apply-operation.ts';
import { aCall, anId, aSubmission } from '../support/fixtures.ts';
import { aRecord, aVerdict, aWriter, type Described } from '../support/records.ts';
import { useStore } from '../support/stores.ts';

const ada: Person = { name: 'Ada', role: 'organiser', emails: ['ada@lab.example.net'] };
const otto: Person = { name: 'Otto', role: 'organiser', emails: ['otto@example.com'] };

const records = useStore();
const [hers, another, late, over, unknown] = [anId(1), anId(2), anId(3), anId(4), anId(404)];
/** Their workflows run, and no record was written. */
const [unrecorded, hersUnrecorded] = [anId(5), anId(6)];
const erased = anId(7);
const decided: Described = { stage: 'selection', revision: 3, verdicts: [aVerdict('selection')] };
const at = '2026-11-01T12:00:00.000Z';
const content = {
  kind: 'organisers' as const,
  fields: {
    release: { name: 'failed' as const, number: 1, revision: 1, at },
    submission: hers,
    title: 'A talk',
    call: 'Test Conf',
  },
};
const by = (email: string) => aSubmission({ speaker: { name: 'Somebody', email } });

beforeAll(async () => {
  const { keep } = records.store.records;
  const message = (id: SubmissionId) => ({
    id: messageIdOf(id, 'failed', 'email'),
    release: 'failed',
    channel: 'email' as const,
    content,
  });
  await keep(aRecord(1, decided, by('ada@lab.example.net')), [message(hers)], aWriter);
  await keep(aRecord(2, decided, by('ben@example.org')), [message(another)], aWriter);
  await keep(aRecord(3, { stage: 'selection', revision: 2 }, by('cleo@example.org')), [], aWriter);
  await keep(aRecord(4, { ...decided, conclusion: { kind: 'accepted' } }, by('dan@example.org')), [], aWriter);
  await keep(aRecord(7, {}, by('eli@example.org')), [], aWriter);
  await records.store.erasures.erase(erased, at);
});

const running = [hers, another, late, over, unrecorded, hersUnrecorded, erased];
const started = new Map([
  [unrecorded, aRecord(5, {}, by('finn@example.org'))],
  [hersUnrecorded, aRecord(6, {}, by('ada@lab.example.net'))],
  [erased, aRecord(7, {}, by('eli@example.org'))],
]);

const liveRecord = {
  ...aRecord(0, decided),
  writer: aWriter,
  settings: messageSettingsOf({ rules: rulesOf(aCall()) }),
  isRunning: true,
};

/** @param waiting the stage that a workflow waits for, where that isn't the announcement */
function theOperations({ waiting = {} as Record<string, string>, recordOf = async () => liveRecord } = {}) {
  const apply = async (id: SubmissionId): Promise<Applied> =>
    id === another ? 'done' : id === late ? 'stuck' : id === hers ? 'skipped' : 'missing';
  const operations = createOperations({
    store: records.store,
    workflows: {
      ...{ announce: apply, close: apply, recordOf },
      wakeDelivery: async () => undefined,
      startOf: async (id) => started.get(id),
      awaitedBy: async (id) => ({ awaits: waiting[id] ?? 'announcement', run: 'the-run', traces: [] }),
      list: async function* () {
        yield running.slice(0, 4);
        yield running.slice(4);
      },
    },
  });
  const run = <Given extends unknown[], Value>(activity: (...given: Given) => Promise<Value>, ...given: Given) =>
    new MockActivityEnvironment().run<Given, Value, typeof activity>(activity, ...given);
  return { ...operations, run };
}

test("an announcement of all includes the organiser's own talks; one by ids or a filter skips them", async () => {
  const { selectDecided, run } = theOperations({ waiting: { [late]: 'selection' } });

  const [all, filtered, named, ottos] = [
    await run(selectDecided, {}, ada),
    await run(selectDecided, { verdict: 'passed' }, ada),
    await run(selectDecided, { ids: [hers, another, unrecorded, unknown, erased] }, ada),
    await run(selectDecided, {}, otto),
  ];

  const none = { skipped: 0, unread: [] };
  expect(all).toEqual({ seen: [another, unrecorded], hidden: [hers, hersUnrecorded], ...none });
  expect(filtered).toEqual({ seen: [another, unrecorded], hidden: [], ...none });
  expect(named).toEqual({ seen: [another, unrecorded], hidden: [], skipped: 3, unread: [] });
  expect(ottos).toEqual({ seen: [hers, another, unrecorded, hersUnrecorded], hidden: [], ...none });
});

test('workflows say what is decided, and how, before their records do', async () => {
  const changed = { ...decided, verdicts: [aVerdict('selection', { outcome: 'rejected' })] };
  const now = theOperations({
    waiting: { [another]: 'slot' },
    recordOf: async () => ({ ...liveRecord, ...aRecord(0, changed) }),
  });

  const [all, passed, rejected, track] = [
    await now.run(now.selectDecided, {}, otto),
    await now.run(now.selectDecided, { verdict: 'passed' }, otto),
    await now.run(now.selectDecided, { verdict: 'rejected' }, otto),
    await now.run(now.selectDecided, { track: 'data' }, otto),
  ];

  const seen = [hers, late, unrecorded, hersUnrecorded];
  expect([all.seen, passed.seen, rejected.seen, track.seen]).toEqual([seen, [], seen, []]);
});

test('a decision that is late on record, and whose workflow does not answer, is named as such', async () => {
  const stuck = theOperations({ recordOf: () => Promise.reject(new TemporalUnavailableError('no answer')) });

  const selected = await stuck.run(stuck.selectDecided, { verdict: 'passed' }, ada);

  expect(selected).toEqual({ seen: [another], hidden: [], skipped: 0, unread: [late, unrecorded] });
});

test('a closing reaches what is open by its record or by its workflow, and counts what the organiser may see', async () => {
  const { listOpen, leftOpen, countUndelivered, run } = theOperations();

  const [adas, ottos] = [await run(listOpen, ada), await run(listOpen, otto)];
  const left = [await run(leftOpen, ada, 'seen'), await run(leftOpen, ada, 'hidden')];
  const counts = [await countUndelivered(ada), await countUndelivered(otto)];

  expect(adas).toEqual({ seen: [another, late, unrecorded, over], hidden: [hers, hersUnrecorded] });
  expect(ottos).toEqual({ seen: [hers, another, late, unrecorded, hersUnrecorded, over], hidden: [] });
  expect(left).toEqual([
    { count: 3, first: [another, late, unrecorded] },
    { count: 2, first: [hers, hersUnrecorded] },
  ]);
  expect(counts).toEqual([
    { waiting: 1, stuck: 0 },
    { waiting: 2, stuck: 0 },
  ]);
});

test('a batch names what is stuck, and an open submission that has lost its workflow is', async () => {
  const { closeBatch, run } = theOperations();
  const lost = anId(8);
  await records.store.records.keep(aRecord(8), [], aWriter);

  const result = await run(closeBatch, [hers, late, another, over, lost], { operation: 'o', by: 'Ada' });

  expect(result).toEqual({ done: 1, skipped: 2, stuck: [late, lost] });
});
