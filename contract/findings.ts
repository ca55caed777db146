export const checks = ['length', 'links', 'language', 'words'] as const;

/** `flag`: organisers see the finding. `refer`: they judge it first. `reject`: only for rules that a speaker can know. */
export const consequences = ['flag', 'refer', 'reject'] as const;

export type Finding = {
  check: (typeof checks)[number];
  consequence: (typeof consequences)[number];
  detail: string;
};

/** The findings that reject the submission: the only ones that the speaker learns. */
export function rejecting(findings: readonly Finding[] = []): Finding[] {
  return findings.filter(({ check, consequence }) => consequence === 'reject' && check !== 'words');
}

/** What becomes of a referral that nobody answers in time. */
export const whenReferralIsDue = ['pass', 'escalate'] as const;

export type WhenReferralIsDue = (typeof whenReferralIsDue)[number];
