/** What a speaker is told by a message; each has a template. */
export const speakerReleases = [
  'accepted',
  'rejected',
  'waitlisted',
  'promoted',
  'not-promoted',
  'attendance-reminder',
  'lapsed',
  'reopened',
] as const;

/** What the organisers are told. */
export const organiserReleases = [
  'panel-reminder',
  'decision-due',
  'referred',
  'withdrawn',
  'failed',
  'confirmed',
  'declined',
  'attendance-lapsed',
] as const;

export type SpeakerRelease = (typeof speakerReleases)[number];
export type OrganiserRelease = (typeof organiserReleases)[number];

/** One thing that is to be told once. The number tells apart those of one name. */
export type Release<Name = SpeakerRelease | OrganiserRelease> = { name: Name; number: number; at: string };

/** Those that announce an outcome, in the public's words. */
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
