import { expect, test } from 'vitest';
import { standingStatus } from '../../../api/status/standing-status.ts';
import type { StatusDocument } from '../../../contract/http/status.ts';
import { publicStatus } from '../../../contract/public-status.ts';
import { aRecord } from '../../support/records.ts';

const [early, late] = ['2026-11-02T12:00:00.000Z', '2026-11-03T12:00:00.000Z'];

const aStatus = (lastUpdatedAt: string, change: Partial<StatusDocument>): StatusDocument => ({
  ...publicStatus(aRecord(1).state),
  lastUpdatedAt,
  ...change,
});
const moderated: Partial<StatusDocument> = { status: 'Running', stage: 'shortlisting' };
const selected: Partial<StatusDocument> = { status: 'Running', stage: 'selection' };
const waiting: Partial<StatusDocument> = { ...selected, result: { outcome: 'waitlisted' } };
const accepted: Partial<StatusDocument> = { ...selected, status: 'Succeeded', result: { outcome: 'accepted' } };
const confirmed: Partial<StatusDocument> = { ...accepted, result: { outcome: 'accepted', attendance: 'confirmed' } };
const rejected: Partial<StatusDocument> = { ...selected, status: 'Succeeded', result: { outcome: 'rejected' } };
const failed: Partial<StatusDocument> = { ...selected, status: 'Failed' };

const record = 'record';
const workflow = 'workflow';

test.each([
  ['H2: a stage that was told is not taken back', aStatus(early, selected), aStatus(late, moderated), record],
  ['H2: a record may lag behind', aStatus(late, moderated), aStatus(early, selected), workflow],
  ['H2: the same stage, later in the workflow', aStatus(early, selected), aStatus(late, selected), workflow],
  ['H2: the same stage, later on record', aStatus(late, selected), aStatus(early, selected), record],
  ['H14: an outcome is not taken back', aStatus(early, accepted), aStatus(late, selected), record],
  ['H14: an outcome is not told otherwise', aStatus(early, accepted), aStatus(late, rejected), record],
  ['H14: an outcome that was told is no failure', aStatus(early, accepted), aStatus(late, failed), record],
  ['H14: nor is a failure an outcome', aStatus(early, failed), aStatus(late, accepted), record],
  ['H14: an answer follows an acceptance', aStatus(early, accepted), aStatus(late, confirmed), workflow],
  ['H14: an answer on record is not taken back', aStatus(late, confirmed), aStatus(early, accepted), record],
  ['a place on the waiting list is not taken back', aStatus(early, waiting), aStatus(late, selected), record],
  ['a promotion follows the waiting list', aStatus(early, waiting), aStatus(late, accepted), workflow],
  ['an end that is not yet on record counts', aStatus(early, selected), aStatus(late, failed), workflow],
])('%s', (_, recorded, live, expected) => {
  expect(standingStatus(recorded, live)).toBe(expected === record ? recorded : live);
});
