import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { statusDocumentSchema } from '../../contract/http/status.ts';
import { isTerminal } from '../../contract/http/statuses.ts';
import { initialState } from '../../contract/initial-state.ts';
import { outcomes, processingErrorCodes } from '../../contract/outcomes.ts';
import { endedFromOutside, publicStatus } from '../../contract/public-status.ts';
import type { Conclusion } from '../../contract/record.ts';
import { stages } from '../../contract/stages.ts';
import type { StageVerdict, SubmissionState } from '../../contract/state.ts';
import { anId, anInput } from '../support/fixtures.ts';
import { aState, type Described } from '../support/records.ts';

const anInstant = fc
  .date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true })
  .map((date) => date.toISOString());

const aVerdict = fc.record<StageVerdict>(
  {
    stage: fc.constantFrom(...stages),
    outcome: fc.constantFrom('passed', 'rejected', 'waitlisted'),
    number: fc.nat(),
    decidedAt: anInstant,
    reasons: fc.constant([{ code: 'secret-code', detail: 'secret-detail' }]),
    automaticScore: fc.constant(4.0625),
    ratings: fc.constant([{ criterion: 'secret-criterion', rating: 4.0625, reason: 'secret-reason' }]),
  },
  { requiredKeys: ['stage', 'outcome', 'number', 'decidedAt', 'reasons'] },
);

const aConclusion: fc.Arbitrary<Conclusion> = fc.oneof(
  fc.constantFrom(...outcomes).map((kind) => ({ kind })),
  fc.constant({ kind: 'withdrawn' as const }),
  fc.constantFrom(...processingErrorCodes).map((error) => ({
    kind: 'failed' as const,
    error,
  })),
);

/** As tests describe it: any combination becomes a state that can occur. */
const aDescription: fc.Arbitrary<Described> = fc.record(
  {
    id: fc.nat().map(anId),
    revision: fc.nat(),
    createdAt: anInstant,
    lastUpdatedAt: anInstant,
    disclosure: fc.constantFrom('progress', 'until-announced'),
    stage: fc.constantFrom('received', ...stages),
    verdicts: fc.array(aVerdict, { maxLength: stages.length }),
    conclusion: aConclusion,
  },
  { requiredKeys: ['id', 'revision', 'createdAt', 'lastUpdatedAt', 'disclosure', 'stage', 'verdicts'] },
);

const stateOf = (described: Described): SubmissionState => aState(initialState(anInput()), described);

describe('publicStatus', () => {
  test('H4: matches the allow-list in every state, and reveals no verdict', () => {
    fc.assert(
      fc.property(aDescription, (described) => {
        const status = publicStatus(stateOf(described));

        expect(statusDocumentSchema.parse(status)).toEqual(status);
        expect(JSON.stringify(status)).not.toMatch(/secret|4\.0625/);
      }),
    );
  });

  test('H19: is the same for all histories before the announcement, if the call withholds decisions', () => {
    const behind = fc.record({ stage: fc.constantFrom(...stages), verdicts: fc.array(aVerdict, { maxLength: 3 }) });

    fc.assert(
      fc.property(aDescription, behind, behind, ({ conclusion: _, ...state }, one, other) => {
        const kept = { ...state, disclosure: 'until-announced' as const };

        expect(publicStatus(stateOf({ ...kept, ...one }))).toEqual(publicStatus(stateOf({ ...kept, ...other })));
      }),
    );
    fc.assert(
      fc.property(aDescription, behind, behind, fc.constantFrom(...outcomes), (state, one, other, kind) => {
        const announced = { ...state, disclosure: 'until-announced' as const, conclusion: { kind } };

        expect(publicStatus(stateOf({ ...announced, ...one }))).toEqual(
          publicStatus(stateOf({ ...announced, ...other })),
        );
      }),
    );
  });

  test('H1, H3: has one of the five statuses, with its result or error', () => {
    const of = (conclusion?: Conclusion) => {
      const { status, result, error } = publicStatus(
        stateOf({ stage: 'selection', ...(conclusion ? { conclusion } : {}) }),
      );
      return { status, result, error: error?.code };
    };

    expect(of()).toEqual({ status: 'Running' });
    expect(of({ kind: 'accepted' })).toEqual({ status: 'Succeeded', result: { outcome: 'accepted' } });
    expect(of({ kind: 'rejected' })).toEqual({ status: 'Succeeded', result: { outcome: 'rejected' } });
    expect(of({ kind: 'withdrawn' })).toEqual({ status: 'Canceled' });
    expect(of({ kind: 'failed', error: 'processing-stopped' })).toEqual({
      status: 'Failed',
      error: 'processing-stopped',
    });
  });

  test('is NotStarted until a worker has taken the submission up', () => {
    const status = publicStatus(initialState(anInput({ id: anId(1), createdAt: '2026-11-01T12:00:00.000Z' })));

    expect(status).toEqual({
      id: anId(1),
      status: 'NotStarted',
      stage: 'received',
      createdAt: '2026-11-01T12:00:00.000Z',
      lastUpdatedAt: '2026-11-01T12:00:00.000Z',
      progress: { completed: 0, total: 3 },
    });
  });
});

test('H15: a submission whose workflow an operator ended keeps its last stage and is final', () => {
  const last = publicStatus(stateOf({ stage: 'shortlisting' }));

  const ended = endedFromOutside(last, { kind: 'failed', error: 'processing-failed' }, '2026-11-02T12:00:00.000Z');

  expect(isTerminal(ended)).toBe(true);
  expect(ended).toMatchObject({
    stage: 'shortlisting',
    lastUpdatedAt: '2026-11-02T12:00:00.000Z',
    error: { code: 'processing-failed' },
  });
});
