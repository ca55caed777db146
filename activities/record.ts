import { activityInfo } from '@temporalio/activity';
import { carriedOf } from '../contract/lifecycle/carried.ts';
import type { OrganiserChannel } from '../contract/mail/message.ts';
import { omitUndefined } from '../contract/omit-undefined.ts';
import { attendanceOf } from '../contract/record.ts';
import type { Dates, SubmissionState } from '../contract/state.ts';
import type { SubmissionId } from '../contract/submission-id.ts';
import type { Recordable, Recorded } from '../contract/workflow/recordable.ts';
import type { Store } from '../store/store.ts';
import type { Workflows } from '../temporal/workflows.ts';
import { datesFrom } from './dates.ts';
import { messagesOf } from './messages-of.ts';

type Dependencies = {
  store: Pick<Store, 'records'>;
  workflows: Pick<Workflows, 'recordableOf'>;
  organiserChannels: readonly OrganiserChannel[];
};

/** Writes the record of a submission with its messages, in one transaction. Repeating it changes nothing. */
export function createRecord({ store, workflows, organiserChannels }: Dependencies) {
  async function record(recordable: Recordable, now = recordable.answerWithin?.from): Promise<Recorded> {
    const run = activityInfo().workflowExecution?.runId ?? recordable.writer.run;
    const { writer, settings, answerWithin: _, editRules: __, ...rest } = withDates(recordable, now);
    const kept = await store.records.keep(
      rest,
      (whole, noticed) => messagesOf(whole, settings, organiserChannels, noticed),
      writer,
      settings.submissionsPerSpeaker,
    );
    if (kept.kind === 'ahead') return { ...kept, run, state: carriedOf(kept.state) };
    const { revision } = rest.state;
    if (kept.kind === 'erased') return { kind: 'erased', run, revision };
    return omitUndefined({ kind: 'kept' as const, run, revision, dates: datesIn(kept.state) });
  }

  return {
    record: (recordable: Recordable) => record(recordable),

    /** For an outage: tried again for as long as it takes, each time with what the workflow has to record by then. */
    async recordFromWorkflow(id: SubmissionId): Promise<Recorded> {
      // Temporal's clock, like the workflow's.
      const { currentAttemptScheduledTimestampMs: now } = activityInfo();
      return record(await workflows.recordableOf(id), new Date(now).toISOString());
    },
  };
}

/** The speaker's time to answer begins when the acceptance is recorded, however long the database was away. */
function withDates(recordable: Recordable, now: string | undefined): Recordable {
  const { state, answerWithin } = recordable;
  const { course } = state;
  if (answerWithin === undefined || now === undefined || course.at !== 'accepted') return recordable;
  const dates = datesFrom(now, answerWithin.rules, answerWithin.timeZone);
  return { ...recordable, state: { ...state, course: { ...course, attendance: { answer: 'awaited', ...dates } } } };
}

function datesIn(state: SubmissionState): Dates | undefined {
  const attendance = attendanceOf(state);
  return attendance?.answer === 'awaited'
    ? omitUndefined({ due: attendance.due, reminders: attendance.reminders })
    : undefined;
}
