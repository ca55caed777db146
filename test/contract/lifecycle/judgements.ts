import type { Judgement } from '../../../contract/lifecycle/steps.ts';
import { day } from './random-rules.ts';
import { iso } from './utc.ts';

export type SomeJudgement =
  | 'passed'
  | 'rejected'
  | 'waitlisted'
  | 'fails'
  | 'finds'
  | 'refers'
  | 'refers-until-passed'
  | 'refers-until-escalated';

/** What the service finds. */
export function judgementOf(found: Exclude<SomeJudgement, 'fails'>, isLast: boolean, clock: number): Judgement {
  const reasons = [{ code: 'found', detail: 'It was found.' }];
  const finding = { check: 'words' as const, detail: 'It may offend.' };
  switch (found) {
    case 'passed':
    case 'rejected':
      return { outcome: found, reasons };
    case 'waitlisted':
      return { outcome: isLast ? found : 'passed', reasons };
    case 'finds':
      return { outcome: 'passed', reasons, findings: [{ ...finding, consequence: 'flag' }] };
    default: {
      const findings = [{ ...finding, consequence: 'refer' as const }];
      if (found === 'refers') return { outcome: 'passed', reasons, findings };
      const whenDue = found === 'refers-until-passed' ? 'pass' : 'escalate';
      return { outcome: 'passed', reasons, findings, referral: { due: iso(clock + 5 * day), whenDue } };
    }
  }
}
