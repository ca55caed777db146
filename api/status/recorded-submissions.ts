import type { Logger } from 'pino';
import { isSettled } from '../../contract/http/settled.ts';
import type { StatusDocument } from '../../contract/http/status.ts';
import type { SubmissionId } from '../../contract/submission-id.ts';
import type { WithdrawCommand } from '../../contract/workflow/commands.ts';
import type { SubmissionInput } from '../../contract/workflow/submission-input.ts';
import { type Deadline, deadlineIn, within } from '../../process/deadline.ts';
import type { Found } from '../../store/records/find.ts';
import type { Store } from '../../store/store.ts';
import { isRateLimited } from '../../temporal/bounded-calls.ts';
import type { Existing } from '../../temporal/submissions/find-submission.ts';
import type { Started, StartOptions } from '../../temporal/submissions/start-submission.ts';
import type { Withdrawn } from '../../temporal/submissions/withdraw-submission.ts';
import type { Submissions } from '../../temporal/submissions.ts';
import { createAdmission } from '../limits/admission.ts';
import { createRushLog } from '../limits/rush-log.ts';
import { recordShare } from './read-record.ts';
import { spared } from './spared-source.ts';
import { standingStatus } from './standing-status.ts';
import { inLine, type Reading, readFrom, type StatusSource } from './status-source.ts';
import { temporalSource } from './temporal-source.ts';

type Erased = { kind: 'erased' };

/** `finding` goes on: the record may still come. */
type Checked = Found | { kind: 'no-answer'; cause: unknown; finding: Promise<Found> };

export type RecordedSubmissions = {
  start(input: SubmissionInput, deadline: Deadline, options?: StartOptions): Promise<Started | Erased>;
  find(id: SubmissionId, deadline: Deadline): Promise<Existing | 'erased' | undefined>;
  withdraw(id: SubmissionId, command: WithdrawCommand, deadline: Deadline): Promise<Withdrawn | Erased>;
  forget: Submissions['forget'];
  /** `false` if it is unknown. */
  isOnRecord(id: SubmissionId, deadline: Deadline): Promise<boolean>;
  source: StatusSource;
};

/** Milliseconds that a reading takes among as many as the line lets through (`npm run bench -- reads herd`). */
const usualReading = { atFirst: 25, slowest: 50 };

/** Milliseconds between two log lines about the same outage. */
const logInterval = 60_000;

/** Asks the records first, since they outlive the workflows. While they are out of reach, Temporal alone answers. */
export function withRecords(
  temporal: Submissions,
  records: Pick<Store['records'], 'find'>,
  log: Pick<Logger, 'error'>,
): RecordedSubmissions {
  let quietUntil = 0;
  const workflow = temporalSource(temporal);
  const line = createAdmission(createRushLog(log, 'more was polled than could be read at once'), usualReading);
  const readings = spared(inLine(line, workflow), {
    isTooMany: isRateLimited,
    countRefused: createRushLog(log, 'more was polled than Temporal grants calls for'),
  });

  return {
    async start(input, deadline, options) {
      if (options?.isIdRandom) return temporal.start(input, deadline, options);
      const record = await check(input.id, deadline);
      if (record.kind === 'erased') return record;
      if (record.kind === 'found' && record.isOver) return { kind: 'exists', ...existing(record) };
      const started = await temporal.start(input, deadline);
      return started.kind === 'exists' ? { kind: 'exists', ...standing(record, started) } : started;
    },

    async find(id, deadline) {
      const record = await check(id, deadline);
      if (record.kind === 'erased') return 'erased';
      if (record.kind === 'found' && isSettled(record.status)) return existing(record);
      const live = await temporal.find(id, deadline);
      if (live) return standing(record, live);
      return record.kind === 'found' ? existing(record) : undefined;
    },

    async withdraw(id, command, deadline) {
      const record = await check(id, deadline);
      if (record.kind === 'erased') return record;
      // A workflow that was reset would take it.
      if (record.kind === 'found' && record.isConcluded) return endOf(record.status);
      const withdrawn = await temporal.withdraw(id, command, deadline);
      if (withdrawn.kind !== 'unknown') return withdrawn;
      return (await check(id, deadline)).kind === 'erased' ? { kind: 'erased' } : withdrawn;
    },

    forget: temporal.forget,

    async isOnRecord(id, deadline) {
      const { kind } = await check(id, deadline);
      return kind === 'found' || kind === 'erased';
    },

    source: {
      name: 'record, then Temporal',
      async read(id, deadline) {
        let record = await check(id, deadline);
        if (record.kind === 'erased') {
          workflow.forget(id);
          return record;
        }
        if (record.kind === 'found' && isSettled(record.status))
          return { kind: 'found', status: record.status, isFinal: true };
        const reading = await readFrom(readings, id, deadline);
        if (reading.kind === 'no-answer') return (await outcomeOnRecord(record, deadline)) ?? reading;
        record = await byNow(record);
        if (record.kind === 'erased') return record;
        if (reading.kind === 'found' && record.kind === 'found') {
          const status = standingStatus(record.status, reading.status);
          return status === record.status ? { kind: 'found', status } : { ...reading, status };
        }
        // Temporal deletes old workflows: only both together know that there is no such submission.
        if (reading.kind !== 'unknown' || record.kind === 'unknown') return reading;
        return record.kind === 'found' ? { kind: 'found', status: record.status } : record;
      },
    },
  };

  function logOutage(cause: unknown): void {
    if (performance.now() < quietUntil) return;
    quietUntil = performance.now() + logInterval;
    log.error({ err: cause }, 'records could not be read');
  }

  async function check(id: SubmissionId, deadline: Deadline): Promise<Checked> {
    const finding = records.find(id);
    try {
      const found = await within(deadline.share(recordShare), finding);
      if (found.isLate) throw new Error('database: no answer in time');
      return found.value;
    } catch (cause) {
      logOutage(cause);
      return { kind: 'no-answer', cause, finding };
    }
  }
}

/** A record that came while Temporal was asked: an outcome, or an erasure, may be on record before Temporal knows of it. */
async function byNow(record: Checked): Promise<Checked> {
  if (record.kind !== 'no-answer') return record;
  const come = await within(deadlineIn(0), record.finding).catch(() => undefined);
  return come === undefined || come.isLate ? record : come.value;
}

/**
 * Without Temporal, the record has the rest of the time. A published outcome never changes: at worst the speaker's answer is
 * missing (contract H16).
 */
async function outcomeOnRecord(record: Checked, deadline: Deadline): Promise<Reading | undefined> {
  if (record.kind === 'no-answer') {
    const late = await within(deadline, record.finding).catch(() => undefined);
    return late === undefined || late.isLate ? undefined : outcomeOnRecord(late.value, deadline);
  }
  if (record.kind === 'erased') return record;
  return record.kind === 'found' && record.isConcluded ? { kind: 'found', status: record.status } : undefined;
}

/** While the database is out of reach, the workflow's answer is all there is. */
function standing(record: Checked, { fingerprint, status }: Existing): Existing {
  return { fingerprint, status: record.kind === 'found' ? standingStatus(record.status, status) : status };
}

function existing({ fingerprint, status }: Existing): Existing {
  return { fingerprint, status };
}

function endOf(status: StatusDocument): Withdrawn {
  return { kind: status.status === 'Canceled' ? 'withdrawn' : 'concluded', status };
}
