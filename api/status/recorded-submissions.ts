/** Submissions as clients meet them: from the record when they are over, and from Temporal until then. */
import type { Logger } from 'pino';
import type { SubmissionId } from '../../contract/submission-id.ts';
import { within } from '../../process/within.ts';
import type { Found } from '../../store/records/find.ts';
import type { Store } from '../../store/store.ts';
import { readFrom, type StatusSource } from '../../temporal/status-source.ts';
import type { Existing, Submissions } from '../../temporal/submissions.ts';
import { recordPatience } from './on-record.ts';

/** Milliseconds between two lines in the log on the same trouble. */
const complaintInterval = 60_000;

type Looked = Found | { kind: 'no-answer'; cause: unknown };

/**
 * The same port, with the records before it. They are asked first, since they know what Temporal has forgotten; what
 * they say is over is over. While the database is out of reach, all that Temporal knows goes on.
 */
export function withRecords(
  temporal: Submissions,
  records: Pick<Store['records'], 'find'>,
  log: Pick<Logger, 'error'>,
): Submissions {
  let quietUntil = 0;

  return {
    async start(input) {
      const record = await look(input.id);
      if (record.kind === 'erased') return record;
      if (record.kind === 'found' && record.isOver) return { kind: 'exists', ...existing(record) };
      return temporal.start(input);
    },

    async find(id) {
      const record = await look(id);
      if (record.kind === 'erased') return 'erased';
      if (record.kind === 'found' && record.isOver) return existing(record);
      return (await temporal.find(id)) ?? (record.kind === 'found' ? existing(record) : undefined);
    },

    async withdraw(id, condition) {
      const record = await look(id);
      if (record.kind === 'erased') return record;
      if (record.kind !== 'found' || !record.isOver) {
        const withdrawn = await temporal.withdraw(id, condition);
        if (withdrawn.kind !== 'unknown') return withdrawn;
        // It may have been erased in the middle.
        return (await look(id)).kind === 'erased' ? { kind: 'erased' } : withdrawn;
      }
      const { status } = record;
      return { kind: status.status === 'Canceled' ? 'withdrawn' : 'concluded', status };
    },

    forget: temporal.forget,

    async isOnRecord(id) {
      const { kind } = await look(id);
      return kind === 'found' || kind === 'erased';
    },

    source: {
      name: 'record, then Temporal',
      async read(id, patience) {
        const giveUpAt = performance.now() + patience;
        const record = await look(id);
        if (record.kind === 'erased') return record;
        if (record.kind === 'found' && record.isOver) return { kind: 'found', status: record.status };
        const reading = await readFrom(temporal.source, id, giveUpAt - performance.now());
        // What was told of the outcome never changes: at the worst, the speaker's answer is missing (contract H16).
        if (reading.kind === 'no-answer' && record.kind === 'found' && record.isConcluded)
          return { kind: 'found', status: record.status };
        // Temporal forgets, and so it takes both to say that there is no such submission.
        if (reading.kind !== 'unknown' || record.kind === 'unknown') return reading;
        return record.kind === 'found' ? { kind: 'found', status: record.status } : record;
      },
    } satisfies StatusSource,
  };

  /** Not for each of the polls of an outage. */
  function complain(cause: unknown): void {
    if (performance.now() < quietUntil) return;
    quietUntil = performance.now() + complaintInterval;
    log.error({ err: cause }, 'records could not be read');
  }

  async function look(id: SubmissionId): Promise<Looked> {
    try {
      const found = await within(recordPatience, records.find(id));
      if (!found.isLate) return found.value;
      const cause = new Error(`database: no answer in ${recordPatience} ms`);
      complain(cause);
      return { kind: 'no-answer', cause };
    } catch (cause) {
      complain(cause);
      return { kind: 'no-answer', cause };
    }
  }
}

function existing({ fingerprint, status }: Existing): Existing {
  return { fingerprint, status };
}
