import { describe, expect, test } from 'vitest';
import { withRecords } from '../../../api/status/recorded-submissions.ts';
import { createSpeakerTokens } from '../../../process/speaker-tokens.ts';
import type { Found } from '../../../store/records/find.ts';
import { anApp, aTemporal, noStore, noWorkflows, problemOf, problemType } from '../../support/app.ts';
import { anId, speakerTokenKeys, tokens } from '../../support/fixtures.ts';
import { scores } from '../../support/people.ts';
import { aRecord } from '../../support/records.ts';

const id = anId(1);
const speaker = createSpeakerTokens(speakerTokenKeys).of(id);
const over = async () => ({ kind: 'over' as const });

/** The database of a submission that somebody erases after so many looks at it. */
function erasedAfter(looks: number) {
  let count = 0;
  const find = async (): Promise<Found> => {
    count += 1;
    return { kind: count > looks ? 'erased' : 'unknown' };
  };
  return { ...noStore, records: { ...noStore.records, find } };
}

describe('what is erased while a command is on its way is 410', () => {
  test.each([
    ['DELETE', '', undefined],
    ['PUT', '/attendance', { attendance: 'confirmed' }],
  ])('for its speaker: %s %s', async (method, path, content) => {
    const store = erasedAfter(method === 'DELETE' ? 1 : 0);
    const port = aTemporal({ withdraw: async () => ({ kind: 'unknown' }) });
    const { app } = anApp({ store, submissions: withRecords(port, store.records, { error: () => undefined }) });

    const response = await app.request(`/api/submissions/${id}${path}`, {
      method,
      headers: { Authorization: `Bearer ${speaker}`, 'Content-Type': 'application/json' },
      ...(content ? { body: JSON.stringify(content) } : {}),
    });

    expect(await problemOf(response)).toMatchObject({ type: problemType('erased'), status: 410 });
  });

  test.each([
    ['PUT', '/review', { scores }],
    ['PUT', '/conflict', {}],
    ['PUT', '/decision', { stage: 'selection', outcome: 'passed' }],
    ['PUT', '/deadline', { due: '2027-01-01T00:00:00Z' }],
    ['PUT', '/attendance', { attendance: 'canceled', reason: 'Ill.' }],
    ['GET', '', undefined],
  ])('for those who work on it: %s %s', async (method, path, content) => {
    const commands = {
      ...noWorkflows.commands,
      ...{ review: over, declareConflict: over, decide: over, reschedule: over, cancel: over },
      recordOf: async () => (content ? aRecord(1) : undefined),
    };
    const { app } = anApp({ store: erasedAfter(1), commands });

    const response = await app.request(`/api/organiser/submissions/${id}${path}`, {
      method,
      headers: { Authorization: `Bearer ${tokens.organiser}`, 'Content-Type': 'application/json' },
      ...(content ? { body: JSON.stringify(content) } : {}),
    });

    expect(await problemOf(response)).toMatchObject({ type: problemType('erased'), status: 410 });
  });
});

test('what is over, and was not erased, is over', async () => {
  const commands = { ...noWorkflows.commands, reschedule: over, recordOf: async () => aRecord(1) };
  const { app } = anApp({ commands });

  const response = await app.request(`/api/organiser/submissions/${id}/deadline`, {
    method: 'PUT',
    headers: { Authorization: `Bearer ${tokens.organiser}`, 'Content-Type': 'application/json' },
    body: JSON.stringify({ due: '2027-01-01T00:00:00Z' }),
  });

  expect(await problemOf(response)).toMatchObject({ type: problemType('submission-concluded'), status: 409 });
});
