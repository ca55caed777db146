import type { Criterion } from '../contract/call/criteria.ts';
import type { StageRules } from '../contract/call/rules.ts';
import { rounded, weightedMean } from '../contract/committee/scores.ts';
import type { Rating, Verdict } from '../contract/state.ts';
import type { Proposal } from '../contract/submission.ts';
import { countWords, wordsOf } from '../contract/text/words.ts';

export async function shortlist(
  proposal: Proposal,
  criteria: readonly Criterion[],
  { floor }: Pick<StageRules['shortlisting'], 'floor'>,
): Promise<Verdict> {
  const { ratings, score } = rated(proposal, criteria);
  const below = ratings.filter(({ rating }) => rating < floor);
  return {
    outcome: below.length > 0 ? 'rejected' : 'passed',
    reasons:
      below.length > 0
        ? below.map(({ criterion, rating }) => ({
            code: 'below-floor',
            detail: `${criterion} is rated ${rating}; the floor is ${floor}.`,
          }))
        : [
            {
              code: 'on-the-shortlist',
              detail: `No criterion is rated below ${floor}; the automatic score is ${score}.`,
            },
          ],
    ratings,
    automaticScore: score,
  };
}

export function rated(proposal: Proposal, criteria: readonly Criterion[]): { ratings: Rating[]; score: number } {
  const ratings = criteria.map((criterion) => rate(criterion, proposal));
  return { ratings, score: weightedMean(ratings, criteria) };
}

function rate({ id, measure }: Criterion, proposal: Proposal): Rating {
  const { found, enough, what } = take(measure, proposal);
  return {
    criterion: id,
    rating: rounded(1 + 4 * Math.min(1, found / enough)),
    reason: `${found} of ${enough} ${what}`,
  };
}

function take(measure: Criterion['measure'], proposal: Proposal): { found: number; enough: number; what: string } {
  const { title, description } = proposal;
  switch (measure.kind) {
    case 'mentions': {
      // Padded, so that a phrase matches whole words only.
      const text = ` ${wordsOf(`${title}\n${description}`).join(' ')} `;
      const mentioned = measure.phrases.filter((phrase) => text.includes(` ${wordsOf(phrase).join(' ')} `));
      return { found: mentioned.length, enough: measure.enough, what: 'phrases mentioned' };
    }
    case 'words':
      return { found: countWords(description), enough: measure.enough, what: 'words of description' };
    case 'given': {
      const given = measure.fields.filter((field) => (proposal[field]?.length ?? 0) > 0);
      return { found: given.length, enough: measure.fields.length, what: 'fields given' };
    }
    default:
      return measure satisfies never;
  }
}
