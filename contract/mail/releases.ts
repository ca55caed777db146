/** What messages to speakers are about. Each has a template. */
export const speakerReleases = [
  'receipt',
  'over-limit',
  'address-proof',
  'address-changing',
  'co-speaker-invited',
  'co-speaker-told',
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
  /** The number of the address it goes to, if not to the speaker's. */
  to?: number;
  /** The number of the co-speaker it goes to. */
  coSpeaker?: number;
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

/** A letter to the speaker's own address, and not to one that it names, or to a co-speaker. */
export function isToSpeaker(release: Release): boolean {
  return isForSpeaker(release) && release.to === undefined && release.coSpeaker === undefined;
}

/** Letters that have the call's own words alone, whether or not the address is proved (contract H38). */
const impersonal = ['receipt', 'address-proof', 'address-changing', 'address-replaced', 'co-speaker-invited'];

export function isImpersonal({ name }: Pick<Release, 'name'>): boolean {
  return impersonal.includes(name);
}

/** Letters to an address that nobody has proved for the submission, whether or not its speaker's is. */
export const invitations = ['address-proof', 'co-speaker-invited'] as const satisfies SpeakerRelease[];

export function isInvitation({ name }: Pick<Release, 'name'>): boolean {
  return invitations.some((one) => one === name);
}

/** Letters to an address that isn't the speaker's any more, or is about to be replaced. */
const toFormer = ['address-changing', 'address-replaced'] as const satisfies SpeakerRelease[];

export function isToFormer({ name }: Pick<Release, 'name'>): boolean {
  return toFormer.some((one) => one === name);
}

/** Letters that nobody waits for: to an address that is no longer used, or that may be mistyped. */
export const unawaited = [...invitations, ...toFormer] as const satisfies SpeakerRelease[];

/** The receipt is no part of a submission's state: it goes out once for each that asks for one. */
export function receiptOf({ createdAt: at }: { createdAt: string }): Release<'receipt'> {
  return { name: 'receipt', number: 1, at, revision: 1 };
}

/** Nor is what the records of others say about it. */
export function overLimitOf({ createdAt: at }: { createdAt: string }): Release<'over-limit'> {
  return { name: 'over-limit', number: 1, at, revision: 1 };
}

const asking = ['accepted', 'promoted', 'deadline-moved'];

/** Whether a release with this key may ask the speaker for an answer. */
export function mayAskForAnswer(key: string): boolean {
  return asking.includes(key.replace(/-\d+$/, ''));
}
