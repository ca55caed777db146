import { beforeAll, describe, expect, test } from 'vitest';
import type { Access } from '../../../api/people/access.ts';
import { submissionPageSchema } from '../../../contract/http/listed-submission.ts';
import { type SubmissionView, submissionViewSchema } from '../../../contract/http/submission-view.ts';
import type { Review } from '../../../contract/state.ts';
import { anApp } from '../../support/app.ts';
import { aCall, anId, aSubmission } from '../../support/fixtures.ts';
import { aRecord, aVerdict, aWriter, type Described } from '../../support/records.ts';
import { useStore } from '../../support/stores.ts';

const at = '2026-11-01T12:00:00.000Z';
const stage = 'selection' as const;
const due = '2026-12-01T12:00:00.000Z';
const automatic = [aVerdict('moderation'), aVerdict('shortlisting', { automaticScore: 4.7 })];

const scored = (by: string, score: number): Review => ({ stage, by, at, scores: { substance: score }, score });
const rated = (score: number): Review[] => [
  scored('Ruth', score),
  scored('Rolf', score),
  { stage, by: 'Abel', at, abstains: true },
];

/** By their names. */
const access: Access = (token) => ({ name: token, role: token === 'Olga' ? 'organiser' : 'reviewer' });

const records = useStore();

async function ask(person: string, query: string, organisersSeeReviews: 'at-once' | 'after-own' = 'at-once') {
  const { app } = anApp({ store: records.store, access, call: aCall({ organisersSeeReviews }) });
  const headers = { Authorization: `Bearer ${person}` };
  return (await app.request(`/api/organiser/submissions${query}`, { headers })).text();
}

const viewOf = async (...[person, seed, ...more]: [string, number, ('at-once' | 'after-own')?]) =>
  submissionViewSchema.parse(JSON.parse(await ask(person, `/${anId(seed)}`, ...more)));

const namesIn = ({ reviews }: SubmissionView) => reviews.map(({ by }) => by);

async function listedOf(person: string, seed: number) {
  const { items } = submissionPageSchema.parse(JSON.parse(await ask(person, '')));
  return items.find(({ id }) => id === anId(seed));
}

async function cellsOf(person: string, seed: number) {
  const [head = '', ...rows] = (await ask(person, '?format=csv')).split('\r\n');
  const row = rows.find((text) => text.startsWith(anId(seed))) ?? '';
  return Object.fromEntries(head.split(',').map((name, index) => [name, row.split(',')[index]]));
}

beforeAll(async () => {
  const inPanel: Described = {
    ...{ stage, verdicts: automatic, revision: 9 },
    panel: { due },
  };
  const decided = [...automatic, aVerdict(stage, { by: 'Olga', panelScore: 1 })];
  await records.store.records.keep(aRecord(1, { ...inPanel, reviews: rated(1) }, aSubmission()), [], aWriter);
  await records.store.records.keep(
    aRecord(5, { ...inPanel, reviews: rated(5) }, aSubmission({ title: 'Another talk' })),
    [],
    aWriter,
  );
  await records.store.records.keep(
    aRecord(9, { stage, revision: 9, verdicts: decided, reviews: rated(1), reviewers: rated(1) }, aSubmission()),
    [],
    aWriter,
  );
});

describe('what a panel has said', () => {
  test.each([1, 5])(
    'stands in views, lists and files as the score of the talk, the automatic one beside it: %d',
    async (rating) => {
      const numbers = { reviews: 2, abstentions: 1, mean: rating, median: rating, standardDeviation: 0 };

      const [view, listed] = [await viewOf('Olga', rating), await listedOf('Olga', rating)];

      expect(view.panel).toEqual({ stage, due, ...numbers });
      expect(listed?.panel).toEqual(view.panel);
      expect(listed?.verdicts?.map(({ automaticScore }) => automaticScore)).toEqual([undefined, 4.7]);
      expect(await cellsOf('Olga', rating)).toMatchObject({
        ...{ panelReviews: '2', panelAbstentions: '1', panelMean: `${rating}`, panelMedian: `${rating}` },
        ...{ panelStandardDeviation: '0', automaticScore: '4.7' },
      });
      expect(JSON.stringify([view, listed])).not.toMatch(/"score":4\.7/);
    },
  );

  test('stays there for organisers once it is decided, without a deadline', async () => {
    const { panel } = await viewOf('Olga', 9);

    expect(panel).toEqual({ stage, reviews: 2, abstentions: 1, mean: 1, median: 1, standardDeviation: 0 });
  });

  test('is read by the organiser who decides, before the decision: each review', async () => {
    const view = await viewOf('Olga', 1);

    expect(view.reviews).toEqual([
      { stage, by: 'Ruth', at, scores: { substance: 1 }, score: 1 },
      { stage, by: 'Rolf', at, scores: { substance: 1 }, score: 1 },
      { stage, by: 'Abel', at, abstains: true },
    ]);
  });

  test('sways no reviewer: before their own review they see how many there are, and nothing else', async () => {
    const [view, listed, cells] = [await viewOf('Rita', 1), await listedOf('Rita', 1), await cellsOf('Rita', 1)];
    const other = await viewOf('Rita', 5);

    expect(view).toMatchObject({ panel: { stage, due, reviews: 2 }, reviews: [] });
    expect(view.panel).toEqual({ stage, due, reviews: 2 });
    expect([other.panel, other.reviews, listed?.panel]).toEqual([view.panel, view.reviews, view.panel]);
    expect(cells).toMatchObject({ panelReviews: '2', panelAbstentions: '', panelMean: '', automaticScore: '' });
  });

  test('is there for a reviewer whose own review is in', async () => {
    const view = await viewOf('Ruth', 1);

    expect(view.panel).toMatchObject({ reviews: 2, abstentions: 1, mean: 1 });
    expect(namesIn(view)).toEqual(['Ruth', 'Rolf', 'Abel']);
  });

  test('waits for the own review of an organiser, or the decision, where the call says so', async () => {
    const [open, decided] = [await viewOf('Olga', 1, 'after-own'), await viewOf('Olga', 9, 'after-own')];

    expect([open.panel, open.reviews]).toEqual([{ stage, due, reviews: 2 }, []]);
    expect(decided.panel).toMatchObject({ mean: 1 });
    expect(namesIn(decided)).toEqual(['Ruth', 'Rolf', 'Abel']);
  });
});
