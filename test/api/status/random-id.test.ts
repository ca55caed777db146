import { expect, test } from 'vitest';
import { withRecords } from '../../../api/status/recorded-submissions.ts';
import { initialState } from '../../../contract/initial-state.ts';
import { publicStatus } from '../../../contract/public-status.ts';
import type { SubmissionId } from '../../../contract/submission-id.ts';
import { deadlineIn } from '../../../process/deadline.ts';
import type { Found } from '../../../store/records/find.ts';
import type { Started } from '../../../temporal/submissions/start-submission.ts';
import { anApp, aPort, aTemporal, post } from '../../support/app.ts';
import { anInput, aRequest } from '../../support/fixtures.ts';

const input = anInput();
const started: Started = { kind: 'started', status: publicStatus(initialState(input)) };

/** Starts with a database that hangs. */
async function startWith(options: { isIdRandom: boolean }) {
  const lookedUp: SubmissionId[] = [];
  const find = (id: SubmissionId) => {
    lookedUp.push(id);
    return new Promise<Found>(() => undefined);
  };
  const submissions = withRecords(aTemporal({ start: async () => started }), { find }, { error: () => undefined });
  const result = await submissions.start(input, deadlineIn(1_600), options);
  return { result, lookedUp };
}

test('an id that was just made is not looked up, so that a slow database takes none of the time', async () => {
  const { result, lookedUp } = await startWith({ isIdRandom: true });

  expect(result).toEqual(started);
  expect(lookedUp).toEqual([]);
});

test('H10: an id of an Idempotency-Key is', async () => {
  const { result, lookedUp } = await startWith({ isIdRandom: false });

  expect(result).toEqual(started);
  expect(lookedUp).toEqual([input.id]);
});

test('H10: only a submit without an Idempotency-Key has an id that was just made', async () => {
  const options: unknown[] = [];
  const start = async (...[, , given]: unknown[]): Promise<Started> => {
    options.push(given);
    return started;
  };
  const { app } = anApp({ submissions: aPort({ start }) });

  await post(app, aRequest());
  await post(app, aRequest(), { 'Idempotency-Key': 'a-key' });

  expect(options).toEqual([{ isIdRandom: true }, { isIdRandom: false }]);
});
