import type { CallRules } from './call/rules.ts';
import { type Finding, rejecting } from './findings.ts';
import type { TemplateName, Templates } from './mail/message-templates.ts';
import type { Release, SpeakerRelease } from './mail/releases.ts';
import { omitUndefined } from './omit-undefined.ts';
import { currentVerdict } from './record.ts';
import type { SubmissionState } from './state.ts';
import type { SubmissionInput } from './workflow/submission-input.ts';

export type MessageSettings = Pick<CallRules, 'name' | 'contact' | 'timeZone' | 'submissionsPerSpeaker'> & {
  texts?: Templates;
} & Pick<SubmissionInput, 'receipt'>;

export function messageSettingsOf({ rules, receipt }: Pick<SubmissionInput, 'rules' | 'receipt'>): MessageSettings {
  const { name, contact, timeZone, texts, submissionsPerSpeaker } = rules;
  return omitUndefined({ name, contact, timeZone, texts, receipt, submissionsPerSpeaker });
}

/**
 * A rejection by a rule has a template of its own, with what would have met the rule. Where the stages aren't told, a rejection
 * has the same text at whatever stage it came.
 */
export function templateOf({ name }: Release<SpeakerRelease>, state: SubmissionState): TemplateName {
  const isTold = state.disclosure === 'progress';
  return name === 'rejected' && isTold && brokenRules(state).length > 0 ? 'rejected-by-rule' : name;
}

export function brokenRules(state: SubmissionState): Finding[] {
  const verdict = currentVerdict(state);
  return verdict?.outcome === 'rejected' && verdict.by === undefined ? rejecting(verdict.findings) : [];
}
