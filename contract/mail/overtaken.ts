import { isToSpeaker, type Release } from './releases.ts';

type Name = Release['name'];

const announced = ['accepted', 'rejected', 'waitlisted', 'promoted', 'not-promoted'] as const satisfies Name[];
const ended = ['withdrawn', 'failed'] as const satisfies Name[];
const concluded = ['rejected', 'not-promoted', 'failed'] as const satisfies Name[];
const left = ['declined', 'lapsed', 'canceled', 'canceled-by-organisers', 'withdrawn'] as const satisfies Name[];

/**
 * Later releases after which a message is no longer true, or asks for what was done. What was decided is told also to a
 * speaker who has confirmed meanwhile: the letter has the committee's feedback.
 */
const overtakers = {
  receipt: ['withdrawn'],
  'over-limit': ['withdrawn'],
  'address-proof': ['address-proof', 'withdrawn'],
  'address-changing': [],
  'co-speaker-invited': ['withdrawn', ...concluded],
  'co-speaker-told': [],
  accepted: ['accepted', ...left],
  rejected: [],
  waitlisted: ['waitlisted', 'promoted', 'not-promoted', 'withdrawn'],
  promoted: ['promoted', ...left],
  'not-promoted': [],
  'attendance-reminder': ['attendance-reminder', 'accepted', 'promoted', 'deadline-moved', 'confirmed', ...left],
  'deadline-moved': ['deadline-moved', 'accepted', 'promoted', 'confirmed', ...left],
  lapsed: [],
  'canceled-by-organisers': [],
  reopened: ['withdrawn'],
  'not-processed': [],
  'address-corrected': ['withdrawn'],
  'address-replaced': [],
  'panel-reminder': ['panel-reminder', 'decision-due', ...announced, ...ended],
  'decision-due': ['decision-due', ...announced, ...ended],
  referred: [...announced, ...ended],
  stuck: ['stuck', ...announced, ...ended],
  undelivered: ['undelivered', 'confirmed', ...left],
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
export function overtakerOf(release: Release, releases: readonly Release[]): Release | undefined {
  const { name, number } = release;
  const own = releases.findIndex((one) => one.name === name && one.number === number);
  const names: readonly Name[] = overtakers[name];
  // No more is sent to an address that is no longer used, but what is about that.
  const isAddressed = isToSpeaker(release) && name !== 'address-replaced';
  return releases
    .slice(own + 1)
    .find((later) => names.includes(later.name) || (isAddressed && later.name === 'address-replaced'));
}

/** Whether what overtakes a message goes out in its place, so that nothing is left to be done about one that did not arrive. */
export function isReplacement({ name }: Release, by: Release): boolean {
  if (by.name === 'address-replaced' || by.name === name) return true;
  return name === 'deadline-moved' && (by.name === 'accepted' || by.name === 'promoted');
}
