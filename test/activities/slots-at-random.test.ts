import { MockActivityEnvironment } from '@temporalio/testing';
import { DefaultLogger } from '@temporalio/worker';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createSlots } from '../../activities/slots.ts';
import type { SubmissionId } from '../../contract/submission-id.ts';
import { anId } from '../support/fixtures.ts';
import { aRecord, aVerdict, aWriter, type Described } from '../support/records.ts';
import { useStore } from '../support/stores.ts';

const database = useStore();
const at = '2026-11-02T12:00:00.000Z';
const eraser = { by: 'Olga', announcing: { disclosure: 'progress' as const } };
const logger = new DefaultLogger('ERROR');

/** What becomes of the answer to a promotion: the worker may die before it is asked for, or before it is heard. */
const faults = ['none', 'lost before', 'lost after'] as const;
type Fault = (typeof faults)[number];

/** A submission's workflow, as far as slots go. `isTold`: its promotion is on record. */
type Workflow = { slotOf?: SubmissionId; isOver: boolean; isTold: boolean };

const aCase = fc.record({
  waiting: fc.integer({ min: 0, max: 4 }),
  slots: fc.integer({ min: 1, max: 3 }),
  /** Nothing is asked of an accepted speaker: the workflow ends, and answers no more. */
  endsWhenTold: fc.boolean(),
  answers: fc.infiniteStream(fc.constantFrom<Fault>(...faults)),
  stopped: fc.subarray([0, 1, 2, 3], { maxLength: 2 }),
  erased: fc.subarray([0, 1, 2, 3], { maxLength: 2 }),
});

let nextSeed = 0x100;

test('no slot goes to two, and none stays free while somebody waits, in whatever order workers do, lose and repeat it', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.scheduler(),
      aCase,
      async (scheduler, { waiting, slots, answers, endsWhenTold, stopped, erased }) => {
        const seeds = Array.from({ length: waiting }, () => nextSeed++);
        const freed = Array.from({ length: slots }, () => anId(nextSeed++));
        const workflows = new Map(seeds.map((seed) => [anId(seed), { isOver: false, isTold: false } as Workflow]));
        const { records, erasures, waitingList } = database.store;
        for (const [rank, seed] of seeds.entries()) {
          const verdict = aVerdict('selection', { outcome: 'waitlisted', rank: rank + 1 });
          await records.keep(aRecord(seed, { stage: 'selection', verdicts: [verdict] }), [], aWriter);
        }
        const step =
          <Arguments extends unknown[], Value>(act: (...given: Arguments) => Promise<Value>) =>
          async (...given: Arguments): Promise<Value> => {
            await scheduler.schedule(Promise.resolve());
            return act(...given);
          };
        const writes: Promise<void>[] = [];

        const tell = step(async (id: SubmissionId, workflow: Workflow, slotOf: SubmissionId) => {
          if (workflow.isOver) return;
          const change: Described = {
            promotedBy: slotOf,
            stage: 'selection',
            revision: 2,
            verdicts: [aVerdict('selection')],
          };
          const { state, ...rest } = aRecord(1, change);
          await records.keep({ ...rest, state: { ...state, id } }, [], aWriter);
          workflow.isTold = (await records.find(id)).kind === 'found';
          if (endsWhenTold) workflow.isOver = true;
        });
        const promote = step(async (id: SubmissionId, freedBy: SubmissionId) => {
          const workflow = workflows.get(id);
          if (workflow === undefined || workflow.isOver) return false;
          if (workflow.slotOf === undefined) {
            workflow.slotOf = freedBy;
            writes.push(tell(id, workflow, freedBy));
          }
          return workflow.slotOf === freedBy;
        });
        let isCalm = false;
        const withFaults = async (id: SubmissionId, freedBy: SubmissionId) => {
          const fault = isCalm ? 'none' : answers.next().value;
          if (fault === 'lost before') throw new Error('lost');
          const answer = await promote(id, freedBy);
          if (fault === 'lost after') throw new Error('lost');
          return answer;
        };
        const { passSlotOn } = createSlots({
          store: {
            waitingList: {
              ...waitingList,
              free: step(waitingList.free),
              assign: step(waitingList.assign),
              take: step(waitingList.take),
            },
          },
          promote: withFaults,
        });
        const pass = (freedBy: SubmissionId) =>
          new MockActivityEnvironment({}, { logger }).run(() => passSlotOn({ freedBy })).catch(() => undefined);
        const work = async () => {
          for (const slot of freed) await pass(slot);
        };
        const end = (which: readonly number[], act: (id: SubmissionId) => Promise<unknown>) =>
          which.flatMap((index) => (index < waiting ? [act(anId(seeds[index] ?? 0))] : []));
        const stop = step(async (id: SubmissionId) => {
          const workflow = workflows.get(id);
          if (workflow) workflow.isOver = true;
        });
        const erase = async (id: SubmissionId) => {
          await step(() => erasures.erase(id, at, eraser))();
          await stop(id);
        };

        await scheduler.waitFor(
          Promise.all([work(), work(), ...end(stopped, stop), ...end(erased, erase)]).then(() => Promise.all(writes)),
        );
        isCalm = true;
        for (const slot of await waitingList.freeSlots()) await scheduler.waitFor(pass(slot));
        await scheduler.waitFor(Promise.all(writes));

        const told = [...workflows.values()].filter(({ isTold }) => isTold).map(({ slotOf }) => slotOf);
        const willing = [...workflows.values()].filter(({ isOver, isTold }) => !isOver && !isTold);
        expect(new Set(told).size).toBe(told.length);
        expect((await waitingList.freeSlots()).length === 0 || willing.length === 0).toBe(true);
        for (const id of await waitingList.submissions()) await erasures.erase(id, at);
        await waitingList.drop();
      },
    ),
    { numRuns: 60 },
  );
});
