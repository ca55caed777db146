import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { withRecords } from '../../../api/status/recorded-submissions.ts';
import { publicStatus } from '../../../contract/public-status.ts';
import type { SubmissionId } from '../../../contract/submission-id.ts';
import { deadlineIn } from '../../../process/deadline.ts';
import type { Found } from '../../../store/records/find.ts';
import type { Submissions } from '../../../temporal/submissions.ts';
import { aDescription, aTemporal } from '../../support/app.ts';
import { anId } from '../../support/fixtures.ts';
import { aRecord } from '../../support/records.ts';

/** Milliseconds: the record's own share of it is an eighth. */
const deadline = 1_600;

function away(): never {
  throw new Error('Temporal is away');
}

/** With a database that takes its time, and by default without Temporal. */
function sourceWith(found: Found, milliseconds: number, temporal: Partial<Submissions> = {}) {
  const find = async (_: SubmissionId) => delay(milliseconds, found);
  return withRecords(
    aTemporal({ describe: async () => away(), queryStatus: away, ...temporal }),
    { find },
    { error: () => undefined },
  ).source;
}

const status = publicStatus(aRecord(1, { conclusion: { kind: 'rejected' } }).state);
const ended: Found = { kind: 'found', isOver: true, isConcluded: true, status, fingerprint: 'of-no-request' };

test('H16: without Temporal, an outcome is told by a record that came late', async () => {
  const reading = await sourceWith(ended, deadline / 4).read(anId(1), deadlineIn(deadline));

  expect(reading).toEqual({ kind: 'found', status });
});

test('H15, H16: so is an erasure', async () => {
  const reading = await sourceWith({ kind: 'erased' }, deadline / 4).read(anId(1), deadlineIn(deadline));

  expect(reading).toEqual({ kind: 'erased' });
});

test('H16: what is not over is not told by it', async () => {
  const open: Found = { ...ended, isOver: false, isConcluded: false, status: publicStatus(aRecord(1).state) };

  const reading = await sourceWith(open, deadline / 4).read(anId(1), deadlineIn(deadline));

  expect(reading.kind).toBe('no-answer');
});

/** It answers after the record: a worker died before it could tell Temporal what it had recorded. */
const behind: Partial<Submissions> = {
  describe: async () => delay(deadline / 2, aDescription(publicStatus(aRecord(1).state))),
  queryStatus: async () => publicStatus(aRecord(1).state),
};

test('H14: an outcome stands on a record that came while Temporal was asked', async () => {
  const reading = await sourceWith(ended, deadline / 4, behind).read(anId(1), deadlineIn(deadline));

  expect(reading).toEqual({ kind: 'found', status });
});

test('H15: so does an erasure, while Temporal still has its copy', async () => {
  const reading = await sourceWith({ kind: 'erased' }, deadline / 4, behind).read(anId(1), deadlineIn(deadline));

  expect(reading).toEqual({ kind: 'erased' });
});
