/** What the moderation looks at. */
export const checks = ['length', 'links', 'language', 'words'] as const;

/**
 * What becomes of a submission that a check has found something in. `flag`: the organisers see it. `refer`: they are told.
 * `reject`: it is rejected, which is for rules alone that a speaker can read beforehand and act on.
 */
export const consequences = ['flag', 'refer', 'reject'] as const;

/** What a check suspects. The detail is one sentence. */
export type Finding = {
  check: (typeof checks)[number];
  consequence: (typeof consequences)[number];
  detail: string;
};

/** Those that the submission was rejected for: a speaker is told no other. */
export function rejecting(findings: readonly Finding[] = []): Finding[] {
  return findings.filter(({ check, consequence }) => consequence === 'reject' && check !== 'words');
}
