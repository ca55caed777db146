import { MockActivityEnvironment } from '@temporalio/testing';
import { beforeAll, expect, test } from 'vitest';
import { createOperations } from '../../activities/operations.ts';
import type { Person } from '../../contract/committee/person.ts';
import { messageIdOf } from '../../contract/mail/message-id.ts';
import type { SubmissionId } from '../../contract/submission-id.ts';
import { anId, aSubmission } from '../support/fixtures.ts';
import { aRecord, aVerdict, type Described } from '../support/records.ts';
import { useStore } from '../support/stores.ts';

const ada: Person = { name: 'Ada', role: 'organiser', emails: ['ada@lab.example.net'] };
const otto: Person = { name: 'Otto', role: 'organiser', emails: ['otto@example.com'] };

const records = useStore();
const [hers, another, unknown] = [anId(1), anId(2), anId(404)];
const decided: Described = { stage: 'selection', revision: 3, verdicts: [aVerdict('selection')] };
const at = '2026-11-01T12:00:00.000Z';
const content = {
  kind: 'organisers' as const,
  fields: { release: { name: 'failed' as const, number: 1, at }, submission: hers, title: 'A talk', call: 'Test Conf' },
};

beforeAll(async () => {
  const { keep } = records.store.records;
  const by = (email: string) => aSubmission({ speaker: { name: 'Somebody', email } });
  const message = (id: SubmissionId) => ({
    id: messageIdOf(id, 'failed', 'email'),
    release: 'failed',
    channel: 'email' as const,
    content,
  });
  await keep(aRecord(1, decided, by('ada@lab.example.net')), [message(hers)]);
  await keep(aRecord(2, decided, by('ben@example.org')), [message(another)]);
});

const unused = () => Promise.reject(new Error('unused'));

function theOperations() {
  return createOperations({ store: records.store, workflows: { announce: unused, close: unused } });
}

test("an announcement of all includes the organiser's own talk; one by ids or a filter skips it", async () => {
  const { selectDecided } = theOperations();

  const [all, filtered, named, ottos] = [
    await selectDecided({}, ada),
    await selectDecided({ verdict: 'passed' }, ada),
    await selectDecided({ ids: [hers, another, unknown] }, ada),
    await selectDecided({}, otto),
  ];

  expect(all).toEqual({ seen: [another], hidden: [hers], skipped: 0 });
  expect(filtered).toEqual({ seen: [another], hidden: [], skipped: 0 });
  expect(named).toEqual({ seen: [another], hidden: [], skipped: 2 });
  expect(ottos).toEqual({ seen: [hers, another], hidden: [], skipped: 0 });
});

test('a closing includes all open submissions, and counts those that the organiser may see', async () => {
  const { listOpen, countUndelivered } = theOperations();

  const [adas, ottos] = [
    await new MockActivityEnvironment().run(listOpen, ada),
    await new MockActivityEnvironment().run(listOpen, otto),
  ];
  const counts = [await countUndelivered(ada), await countUndelivered(otto)];

  expect(adas).toEqual({ seen: [another], hidden: [hers] });
  expect(ottos).toEqual({ seen: [hers, another], hidden: [] });
  expect(counts).toEqual([
    { waiting: 1, stuck: 0 },
    { waiting: 2, stuck: 0 },
  ]);
});
