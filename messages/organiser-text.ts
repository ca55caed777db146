import type { Digest, OrganiserContent } from '../contract/mail/message-content.ts';
import type { OrganiserRelease } from '../contract/mail/releases.ts';

const sentences = {
  'panel-reminder': 'still needs reviews and a decision',
  'decision-due': 'is due: it waits for your decision',
  referred: 'needs a check: the moderation has found something in it',
  stuck: 'could not be judged by the service: start it again, or end it',
  undelivered: 'is accepted, but the speaker was not reached: correct the address, or decide about the message',
  withdrawn: 'was withdrawn by its speaker',
  failed: 'could not be processed: see its workflow. If a place is held for it, that place is not given on by itself',
  confirmed: 'will be given: the speaker has confirmed',
  declined: 'will not be given: the speaker has declined',
  canceled: 'will not be given: the speaker has canceled',
  'canceled-for-speaker': 'will not be given: an organiser has canceled for the speaker',
  'attendance-lapsed': 'will not be given: the speaker has not answered in time',
  unanswerable:
    'was accepted, and its processing was stopped before the speaker answered. The acceptance stands, its place is not given on by itself, and no answer can be given here: ask the speaker',
} satisfies Record<OrganiserRelease, string>;

export function organiserText({ release, title, call, submission, code }: OrganiserContent): string {
  const known: Partial<Record<string, string>> = sentences;
  return `${call}: “${title}” ${known[release.name] ?? release.name} (submission ${named(submission, code)})`;
}

export function digestText({ undelivered, overdue, codes = {} }: Digest): string {
  const parts = [
    part(withCodes(undelivered), 'not delivered', 'message', 'messages'),
    part(withCodes(overdue), 'in need of your decision', 'submission', 'submissions'),
  ];
  return `Waiting for you: ${parts.filter((text) => text !== '').join('; ')}`;

  function withCodes({ count, submissions }: Digest['overdue']) {
    return { count, submissions: submissions.map((id) => named(id, codes[id])) };
  }
}

function named(id: string, code: string | undefined): string {
  return code === undefined ? id : `${code}, ${id}`;
}

function part({ count, submissions }: Digest['overdue'], what: string, one: string, many: string): string {
  if (count === 0) return '';
  return `${count} ${count === 1 ? one : many} ${what} (submission${submissions.length === 1 ? '' : 's'} ${submissions.join(', ')})`;
}
