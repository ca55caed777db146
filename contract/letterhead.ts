import type { CallRules } from './call.ts';
import type { Templates } from './message-templates.ts';
import type { SubmissionRecord } from './record.ts';
import { isForSpeaker } from './releases.ts';

/** What the messages about a submission need of its call. */
export type Letterhead = Pick<CallRules, 'name' | 'contact' | 'timeZone'> & { texts?: Templates };

/** Of the call's own texts only those that are needed: each activity is given all that it gets through the history. */
export function letterheadOf({ state }: SubmissionRecord, { name, contact, timeZone, texts }: CallRules): Letterhead {
  const needed: Templates = {};
  for (const release of state.releases ?? []) {
    const own = isForSpeaker(release) ? texts?.[release.name] : undefined;
    if (own !== undefined && isForSpeaker(release)) needed[release.name] = own;
  }
  return { name, contact, timeZone, ...(Object.keys(needed).length > 0 ? { texts: needed } : {}) };
}
