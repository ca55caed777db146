import type { Digest, Notice } from '../contract/mail/letter.ts';
import type { OrganiserRelease } from '../contract/mail/releases.ts';

const sentences = {
  'panel-reminder': 'still needs reviews and a decision',
  'decision-due': 'is due: it waits for your decision',
  referred: 'should be looked at: the moderation has found something in it',
  withdrawn: 'was withdrawn by its speaker',
  failed: 'could not be processed: see its workflow',
  confirmed: 'will be given: the speaker has confirmed',
  declined: 'will not be given: the speaker has declined',
  'attendance-lapsed': 'will not be given: the speaker has not answered in time',
} satisfies Record<OrganiserRelease, string>;

/** One line for people. */
export function describe({ release, title, call, submission }: Notice): string {
  const said: Partial<Record<string, string>> = sentences;
  return `${call}: “${title}” ${said[release.name] ?? release.name} (submission ${submission})`;
}

/** The same for what waits. */
export function describeDigest({ undelivered, overdue }: Digest): string {
  const parts = [
    part(undelivered, 'not delivered', 'message', 'messages'),
    part(overdue, 'due for your decision', 'submission', 'submissions'),
  ];
  return `Waiting for you: ${parts.filter((text) => text !== '').join('; ')}`;
}

function part({ count, submissions }: Digest['overdue'], what: string, one: string, many: string): string {
  if (count === 0) return '';
  return `${count} ${count === 1 ? one : many} ${what} (submission${submissions.length === 1 ? '' : 's'} ${submissions.join(', ')})`;
}
