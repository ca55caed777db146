/** The job of both peers: three verdicts, one after the other, and what a poller is told meanwhile. */

type Talk = { title: string; description: string; speaker: { name: string } };

/** `wait`: milliseconds before the last step. */
export type Submission = Talk & { wait?: number };

type Stage = 'moderation' | 'shortlisting' | 'selection';

type Verdict = { stage: Stage; outcome: 'passed' | 'rejected'; words: number; note: string };

type Outcome = 'accepted' | 'rejected';

export type Progress = { status: 'Running'; stage: Stage } | { status: 'Succeeded'; stage: Stage; outcome: Outcome };

export const received: Progress = { status: 'Running', stage: 'moderation' };

export const moderate = (talk: Talk): Verdict => verdict('moderation', talk);

export const shortlist = (talk: Talk): Verdict => verdict('shortlisting', talk);

export const select = (talk: Talk): Verdict => verdict('selection', talk);

export function outcomeOf(verdicts: readonly Verdict[]): Outcome {
  return verdicts.every(({ outcome }) => outcome === 'passed') ? 'accepted' : 'rejected';
}

function verdict(stage: Stage, { title, description, speaker }: Talk): Verdict {
  const words = description.split(/\s+/).filter(Boolean).length;
  const note = `“${title}” by ${speaker.name} has all that the call asks for at this stage.`;
  return { stage, outcome: words > 0 ? 'passed' : 'rejected', words, note };
}
