/** What messages to speakers are about. Each has a template. */
export const speakerReleases = [
  'accepted',
  'rejected',
  'waitlisted',
  'promoted',
  'not-promoted',
  'attendance-reminder',
  'deadline-moved',
  'lapsed',
  'canceled-by-organisers',
  'reopened',
  'address-corrected',
  'address-replaced',
  'not-processed',
] as const;

export const organiserReleases = [
  'panel-reminder',
  'decision-due',
  'referred',
  'stuck',
  'undelivered',
  'withdrawn',
  'failed',
  'confirmed',
  'declined',
  'canceled',
  'canceled-for-speaker',
  'attendance-lapsed',
  'unanswerable',
] as const;

export type SpeakerRelease = (typeof speakerReleases)[number];
export type OrganiserRelease = (typeof organiserReleases)[number];

/** A message that is sent once. The number distinguishes those with the same name. `revision`: of the state that brought it. */
export type Release<Name = SpeakerRelease | OrganiserRelease> = {
  name: Name;
  number: number;
  at: string;
  revision: number;
};

/** Tells it apart from others about the same submission. */
export function keyOf({ name, number }: Release): string {
  return number === 1 ? name : `${name}-${number}`;
}

export const announcing = {
  accepted: 'accepted',
  rejected: 'rejected',
  waitlisted: 'waitlisted',
  promoted: 'accepted',
  'not-promoted': 'waitlisted',
} as const satisfies Partial<Record<SpeakerRelease, string>>;

export function isForSpeaker(release: Release): release is Release<SpeakerRelease> {
  return speakerReleases.some((name) => name === release.name);
}

const asking = ['accepted', 'promoted', 'deadline-moved'];

/** Whether a release with this key may ask the speaker for an answer. */
export function mayAskForAnswer(key: string): boolean {
  return asking.includes(key.replace(/-\d+$/, ''));
}
