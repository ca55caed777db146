import { describe, expect, test } from 'vitest';
import { withRecords } from '../../../api/status/recorded-submissions.ts';
import type { Attendance } from '../../../contract/attendance.ts';
import type { StatusDocument } from '../../../contract/http/status.ts';
import { deadlineIn } from '../../../process/deadline.ts';
import type { Found } from '../../../store/records/find.ts';
import { TemporalUnavailableError } from '../../../temporal/bounded-calls.ts';
import { aDescription, aTemporal } from '../../support/app.ts';
import { anId } from '../../support/fixtures.ts';

const id = anId(1);
const fingerprint = 'a fingerprint';

const withAnswer = (attendance: Attendance, lastUpdatedAt = '2027-02-01T12:00:00.000Z'): StatusDocument => ({
  ...{ id, status: 'Succeeded', stage: 'selection', createdAt: '2027-01-01T12:00:00.000Z', lastUpdatedAt },
  ...{ progress: { completed: 3, total: 3 }, result: { outcome: 'accepted', attendance } },
});

const confirmed = withAnswer('confirmed');
const canceled = withAnswer('canceled', '2027-02-02T12:00:00.000Z');

/** What is read if the record has one status, and Temporal another, none, or no answer. */
async function readings(recorded: StatusDocument, live: StatusDocument | 'none' | 'no answer') {
  const find = async (): Promise<Found> => ({
    ...{ kind: 'found', isOver: true, isConcluded: true, status: recorded, fingerprint },
  });
  const answer = async () => {
    if (live === 'no answer') throw new TemporalUnavailableError('down');
    return live === 'none' ? undefined : live;
  };
  const temporal = aTemporal({
    queryStatus: answer,
    describe: async () => {
      const status = await answer();
      return status && aDescription(status);
    },
    find: async () => {
      const status = await answer();
      return status && { status, fingerprint };
    },
  });
  const submissions = withRecords(temporal, { find }, { error: () => undefined });
  const polled = await submissions.source.read(id, deadlineIn(1_000));
  const found = await submissions.find(id, deadlineIn(1_000)).catch(() => 'no answer');
  return { polled, found };
}

describe('a submission that is over', () => {
  test('H14: shows a cancellation that is not on record yet, since who has confirmed may leave', async () => {
    const seen = await readings(confirmed, canceled);

    expect(seen.polled).toMatchObject({ kind: 'found', status: canceled });
    expect(seen.found).toEqual({ fingerprint, status: canceled });
  });

  test('is read from its record once nothing can change, whatever its workflow says', async () => {
    const seen = await readings(canceled, confirmed);

    expect(seen.polled).toEqual({ kind: 'found', status: canceled, isFinal: true });
    expect(seen.found).toEqual({ fingerprint, status: canceled });
  });

  test.each(['none', 'no answer'] as const)(
    'H16: is read from its record where Temporal has %s of it',
    async (live) => {
      const { polled } = await readings(confirmed, live);

      expect(polled).toEqual({ kind: 'found', status: confirmed });
    },
  );
});
