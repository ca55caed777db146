/** Faults that the properties catch: what would go wrong, and the edit that makes it so. `npm run test:planted` plants each. */
export type PlantedFault = { what: string; file: string; from: string; to: string };

const nextStep = 'contract/lifecycle/next-step.ts';
const steps = 'contract/lifecycle/steps.ts';
const speaker = 'contract/lifecycle/speaker.ts';
const change = 'contract/lifecycle/change.ts';
const record = 'contract/record.ts';
const publicStatus = 'contract/public-status.ts';

export const plantedFaults: PlantedFault[] = [
  {
    what: 'a panel that is late is escalated again and again',
    file: nextStep,
    from: "  if (panel.isEscalated) return { wait: 'organisers' };\n",
    to: '',
  },
  {
    what: 'a reminder is sent again and again',
    file: steps,
    from: 'reminders.filter((at) => at > now)',
    to: 'reminders.filter((at) => at >= now)',
  },
  {
    what: 'a submission that is stuck is forgotten by the closing',
    file: nextStep,
    from: "return state.closing ? { do: 'fail', error: 'processing-failed' } : { wait: 'organisers' };",
    to: "return { wait: 'organisers' };",
  },
  {
    what: 'nobody may decide on a submission that is stuck',
    file: 'contract/lifecycle/decide.ts',
    from: ' || isStuck(state) || ',
    to: ' || ',
  },
  {
    what: 'a slot is passed on for ever',
    file: steps,
    from: 'const { slot: _, ...rest } = course;',
    to: 'const rest = course;',
  },
  {
    what: 'the last time to cancel is waited for after it has passed',
    file: nextStep,
    from: ' || Date.parse(until) <= Date.parse(now)) return end;',
    to: ') return end;',
  },
  {
    what: 'a reopened submission is told without the organisers',
    file: nextStep,
    from: '  if (original !== undefined) return false;\n',
    to: '',
  },
  {
    what: 'a decision on the waiting list takes the waiting list back',
    file: record,
    from: "course.at === 'decided' ? course.announced : 'no'",
    to: "course.at === 'received' ? 'yes' : 'no'",
  },
  {
    what: 'leaving the waiting list takes its progress back',
    file: publicStatus,
    from: " || (state.releases ?? []).some(({ name }) => name === 'waitlisted')",
    to: '',
  },
  {
    what: 'a clock that is set back shows',
    file: change,
    from: 'later(state.lastUpdatedAt, now)',
    to: 'now',
  },
  {
    what: 'a rejected speaker withdraws',
    file: speaker,
    from: 'if (kind !== undefined) refuse(',
    to: "if (kind === 'accepted') refuse(",
  },
  {
    what: "an operator's cancellation takes back what was told",
    file: nextStep,
    from: 'if (state.isStopped && conclusionOf(state) === undefined) return',
    to: 'if (state.isStopped) return',
  },
  {
    what: 'releases are numbered across names',
    file: change,
    from: 'all.filter(({ name }) => name === letter.name).length + 1',
    to: 'all.length + 1',
  },
  {
    what: 'an outcome has no letter',
    file: steps,
    from: 'return { course, ...withReleases(state, now, releaseOf(outcome, state)) };',
    to: 'return { course };',
  },
  {
    what: 'a reminder comes after the deadline',
    file: nextStep,
    from: "return attendance.due <= now ? { do: 'lapse' } : untilDue(attendance, now, 'attendance');",
    to: "return attendance.due <= now && !attendance.reminders?.length ? { do: 'lapse' } : untilDue(attendance, now, 'attendance');",
  },
  {
    what: 'the time of a hidden change shows',
    file: change,
    from: 'return isPublic ? ',
    to: 'return isPublic || change.verdicts ? ',
  },
  {
    what: 'a withheld stage shows',
    file: publicStatus,
    from: "stage !== 'received' ? 'under-review' : stage",
    to: "stage === 'moderation' ? 'under-review' : stage",
  },
  {
    what: 'progress counts hidden verdicts',
    file: publicStatus,
    from: 'return isAnnounced ? stages.length : 0;',
    to: 'return isAnnounced ? stages.length : verdicts.length;',
  },
  {
    what: 'an answer before the announcement is refused in another way after an acceptance',
    file: speaker,
    from: "return refuse('not-accepted', 'There is nothing to answer');",
    to: "return refuse('not-accepted', state.verdicts.length > 0 ? 'It is not announced' : 'There is nothing to answer');",
  },
  {
    what: 'a slot that was freed behind the curtain is given on at once',
    file: steps,
    from: "return { slot: isHidden ? 'held' : 'free' };",
    to: "return { slot: 'free' };",
  },
  {
    what: 'a slot of a closed call is freed',
    file: record,
    from: "state.closing !== undefined || decisionOf(state) !== 'accepted'",
    to: "decisionOf(state) !== 'accepted'",
  },
  {
    what: 'a reopened submission frees the slot of its original again',
    file: record,
    from: 'return state.original === undefined || state.hasOwnSlot === true;',
    to: 'return true;',
  },
  {
    what: 'the slot of one who did not answer is lost',
    file: steps,
    from: "attendance: { answer: 'lapsed' }, ...slotOf(state) }",
    to: "attendance: { answer: 'lapsed' } }",
  },
  {
    what: 'a slot whose new holder has left is given to two',
    file: 'contract/lifecycle/announce.ts',
    from: 'return { result: state.promotedBy === freedBy };',
    to: "return { result: state.promotedBy === freedBy && course.at !== 'withdrawn' };",
  },
  {
    what: 'a decision that is repeated is made again',
    file: 'contract/lifecycle/decide.ts',
    from: '    if (standing) return { result: standing };\n',
    to: '',
  },
  {
    what: 'a deadline that is moved to where it is, is moved',
    file: 'contract/lifecycle/reschedule.ts',
    from: '    if (dueOf(state) === due) return { result: undefined };\n',
    to: '',
  },
  {
    what: 'a recheck is forgotten by the service',
    file: nextStep,
    from: "if (step.do === 'judge') return true;",
    to: "if (step.do === 'judge') return false;",
  },
  {
    what: 'a recheck is escalated again and again',
    file: nextStep,
    from: "  if (isEscalated) return { wait: 'organisers' };\n  if (now < due)",
    to: '  if (now < due)',
  },
  {
    what: 'nobody may decide on an edited text that is referred',
    file: 'contract/lifecycle/decide.ts',
    from: ' || recheckOf(state) !== undefined;',
    to: ';',
  },
  {
    what: 'what may be edited tells what is decided',
    file: 'contract/lifecycle/editable.ts',
    from: 'if (kind === undefined)',
    to: "if (kind === undefined && state.course.at !== 'decided')",
  },
  {
    what: 'an edit shows',
    file: 'contract/lifecycle/after-edit.ts',
    from: "work: { kind: 'begun' } };\n  const work",
    to: "work: { kind: 'begun' } };\n  if (stage !== 'moderation') return { course: { at: 'received' }, verdicts: [] };\n  const work",
  },
  {
    what: 'a text is judged by what an older one was judged by',
    file: 'contract/lifecycle/edit.ts',
    from: 'if (changed.length === 0) {',
    to: 'if (changed.length < 0) {',
  },
  {
    what: 'a new run forgets who has read reviews',
    file: 'contract/lifecycle/carried.ts',
    from: 'const { commands: _, reviews, conflicts, ...rest } = state;',
    to: 'const { commands: _, reviewers: __, reviews, conflicts, ...rest } = state;',
  },
  {
    what: 'a new run forgets conflicts of interest',
    file: 'contract/lifecycle/carried.ts',
    from: '    ...(conflicts && { conflicts: conflicts.map(withoutReason) }),\n',
    to: '',
  },
];
