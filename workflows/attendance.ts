import { setHandler } from '@temporalio/workflow';
import { laterBy } from '../contract/call/calendar.ts';
import type { CallRules } from '../contract/call/rules.ts';
import { panelAtWork } from '../contract/record.ts';
import type { SubmissionState } from '../contract/state.ts';
import { attendanceUpdate, type RescheduleCommand, rescheduleUpdate } from '../contract/workflow/commands.ts';
import { assertNotTooMany, assertUnchanged, refuse, withCommand, withReleases } from './commands.ts';
import { nextReminder, passedReminders } from './deadlines.ts';
import type { OpenRecord } from './record.ts';
import { waitUntil } from './wait-until.ts';

/** Lets an accepted speaker confirm or decline, and organisers move deadlines. */
export function acceptAnswers(record: OpenRecord, rules: CallRules): void {
  setHandler(
    attendanceUpdate,
    ({ answer }) => {
      const { state } = record;
      if (state.attendance?.answer !== 'awaited') return record.publicStatus;
      record.transition({
        attendance: { ...state.attendance, answer },
        isOver: true,
        commands: withCommand(state, { by: 'speaker', command: 'attendance', detail: answer }),
        releases: withReleases(state, answer),
      });
      return record.publicStatus;
    },
    {
      description: 'The speaker confirms or declines',
      validator: (command) => {
        const { answer } = command;
        const { conclusion, attendance } = record.state;
        // Before the announcement, the same whatever the decision (contract H19).
        if (conclusion?.kind !== 'accepted' || attendance === undefined)
          return refuse('not-accepted', 'There is nothing to answer');
        if (attendance.answer !== 'awaited' && attendance.answer !== answer)
          refuse('attendance-answered', `It is ${attendance.answer}`, { attendance: attendance.answer });
        if (attendance.answer === 'awaited') assertUnchanged(record.state, command);
      },
    },
  );

  setHandler(
    rescheduleUpdate,
    ({ by, due, reason }) => {
      const { state } = record;
      const commands = withCommand(state, { by, command: 'reschedule', reason, detail: due });
      const [what, reminders] = dueOf(state, rules);
      const reminded = passedReminders(due, reminders, rules.timeZone);
      if (what === 'attendance' && state.attendance)
        record.transition({ attendance: { ...state.attendance, due, reminded }, commands });
      if (what === 'panel' && state.panel) {
        const { isEscalated: _, ...panel } = state.panel;
        record.transition({ panel: { ...panel, due, reminded }, commands });
      }
    },
    {
      description: 'An organiser moves the deadline',
      validator: (command: RescheduleCommand) => {
        const { state } = record;
        const [what] = dueOf(state, rules);
        if (what === 'nothing') return refuse('nothing-due', 'It waits for no deadline');
        assertNotTooMany(state);
        if (state[what]?.due !== command.due) assertUnchanged(state, command);
      },
    },
  );
}

function dueOf(state: SubmissionState, rules: CallRules) {
  if (state.isOver) return ['nothing', []] as const;
  if (state.attendance?.answer === 'awaited') return ['attendance', rules.attendance?.reminders ?? []] as const;
  const panel = panelAtWork(state);
  if (panel === undefined) return ['nothing', []] as const;
  const { policy } = rules.stages[panel.stage];
  return ['panel', policy.kind === 'panel' ? policy.reminders : []] as const;
}

/** Returns `undefined` if the call asks for no answer. */
export function attendanceFrom(now: string, { attendance, timeZone }: CallRules): SubmissionState['attendance'] {
  if (attendance === undefined) return undefined;
  const due = laterBy(now, attendance.deadline, timeZone);
  return { answer: 'awaited', due, reminded: passedReminders(due, attendance.reminders, timeZone) };
}

/** Waits for the answer of an accepted speaker and sends reminders. After the deadline the acceptance lapses. */
export async function awaitAttendance(record: OpenRecord, rules: CallRules): Promise<void> {
  const { timeZone } = rules;
  const reminders = rules.attendance?.reminders ?? [];
  for (;;) {
    const { attendance, isOver, closing } = record.state;
    if (isOver || attendance === undefined) return;
    const next = nextReminder(attendance, reminders, timeZone);
    const left = Date.parse(next ?? attendance.due) - Date.now();
    if (left > 0 && !closing)
      await waitUntil(
        record,
        rules,
        () => record.state.attendance !== attendance || record.state.closing !== undefined,
        {
          milliseconds: left,
          summary: `accepted: until the ${next === undefined ? 'deadline' : 'next reminder'} for the speaker's answer`,
        },
      );
    else if (next !== undefined && !closing)
      record.transition({
        attendance: { ...attendance, reminded: attendance.reminded + 1 },
        releases: withReleases(record.state, 'attendance-reminder'),
      });
    else
      record.transition({
        attendance: { ...attendance, answer: 'lapsed' },
        isOver: true,
        releases: withReleases(record.state, 'lapsed', 'attendance-lapsed'),
      });
  }
}
