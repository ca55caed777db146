import type { Release } from './releases.ts';

type Name = Release['name'];

const announced = ['accepted', 'rejected', 'waitlisted', 'promoted', 'not-promoted'] as const satisfies Name[];
const ended = ['withdrawn', 'failed'] as const satisfies Name[];
const left = ['declined', 'lapsed', 'canceled', 'canceled-by-organisers', 'withdrawn'] as const satisfies Name[];

/**
 * Later releases after which a message is no longer true, or asks for what was done. What was decided is told also to a
 * speaker who has confirmed meanwhile: the letter has the committee's feedback.
 */
const overtakers = {
  accepted: left,
  rejected: [],
  waitlisted: ['promoted', 'not-promoted', 'withdrawn'],
  promoted: left,
  'not-promoted': [],
  'attendance-reminder': ['attendance-reminder', 'deadline-moved', 'confirmed', ...left],
  'deadline-moved': ['deadline-moved', 'confirmed', ...left],
  lapsed: [],
  'canceled-by-organisers': [],
  reopened: ['withdrawn'],
  'not-processed': [],
  'panel-reminder': ['panel-reminder', 'decision-due', ...announced, ...ended],
  'decision-due': ['decision-due', ...announced, ...ended],
  referred: [...announced, ...ended],
  stuck: ['stuck', ...announced, ...ended],
  withdrawn: [],
  failed: [],
  confirmed: [],
  declined: [],
  canceled: [],
  'canceled-for-speaker': [],
  unanswerable: [],
  'attendance-lapsed': [],
} as const satisfies Record<Name, readonly Name[]>;

/** The first of the later releases that overtakes this one. @param releases all of a submission, in their order */
export function overtakerOf({ name, number }: Release, releases: readonly Release[]): Release | undefined {
  const own = releases.findIndex((one) => one.name === name && one.number === number);
  const names: readonly Name[] = overtakers[name];
  return releases.slice(own + 1).find((later) => names.includes(later.name));
}
