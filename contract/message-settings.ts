import type { CallRules } from './call/rules.ts';
import { type Finding, rejecting } from './findings.ts';
import type { TemplateName, Templates } from './mail/message-templates.ts';
import { isForSpeaker, type Release, type SpeakerRelease } from './mail/releases.ts';
import { omitUndefined } from './omit-undefined.ts';
import { type SubmissionRecord, verdictOf } from './record.ts';
import type { SubmissionState } from './state.ts';

export type MessageSettings = Pick<CallRules, 'name' | 'contact' | 'timeZone'> & { texts?: Templates };

/** Only the texts that are needed: the input of activities is kept in the history. */
export function messageSettingsOf(
  { state }: SubmissionRecord,
  { name, contact, timeZone, texts }: CallRules,
): MessageSettings {
  const needed: Templates = {};
  for (const release of state.releases ?? []) {
    if (!isForSpeaker(release)) continue;
    const template = templateOf(release, state);
    const own = texts?.[template];
    if (own !== undefined) needed[template] = own;
  }
  return omitUndefined({ name, contact, timeZone, texts: Object.keys(needed).length > 0 ? needed : undefined });
}

/** A rejection by a rule has a template of its own: "more good talks than places" would not be true. */
export function templateOf({ name }: Release<SpeakerRelease>, state: SubmissionState): TemplateName {
  return name === 'rejected' && brokenRules(state).length > 0 ? 'rejected-by-rule' : name;
}

export function brokenRules(state: SubmissionState): Finding[] {
  const verdict = verdictOf(state);
  return verdict?.outcome === 'rejected' && verdict.by === undefined ? rejecting(verdict.findings) : [];
}
