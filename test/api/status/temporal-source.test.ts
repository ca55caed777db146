import { describe, expect, test } from 'vitest';
import type { Reading } from '../../../api/status/status-source.ts';
import { queryPause, temporalSource } from '../../../api/status/temporal-source.ts';
import type { StatusDocument } from '../../../contract/http/status.ts';
import { initialState } from '../../../contract/initial-state.ts';
import { publicStatus } from '../../../contract/public-status.ts';
import { deadlineIn } from '../../../process/deadline.ts';
import type { Described } from '../../../temporal/submissions/find-submission.ts';
import { aDescription } from '../../support/app.ts';
import { anId, anInput } from '../../support/fixtures.ts';
import { aState } from '../../support/records.ts';

const id = anId(1);
const state = initialState(anInput({ id }));
const received = publicStatus(state);
const moderation = publicStatus(aState(state));
const accepted = publicStatus(aState(state, { stage: 'selection', conclusion: { kind: 'accepted' } }));
const found = (status: StatusDocument): Reading => ({ kind: 'found', status });

/** A workflow that a test moves, and how often it was asked. */
function aWorkflow() {
  const workflow = {
    ...{ now: 0, described: 0, decoded: 0, queried: 0 },
    /** What it would answer; `silence` without a worker. */
    answer: received as StatusDocument | 'silence',
    description: aDescription(received) as Described | undefined,
  };
  const source = temporalSource(
    {
      describe: async () => {
        workflow.described += 1;
        const { description } = workflow;
        if (description === undefined) return undefined;
        const existing = () => {
          workflow.decoded += 1;
          return description.existing();
        };
        return { ...description, existing };
      },
      queryStatus: async () => {
        workflow.queried += 1;
        return workflow.answer === 'silence' ? Promise.reject(new Error('no worker')) : workflow.answer;
      },
    },
    () => workflow.now,
  );
  const sources: unknown[] = [];
  /** Without where it is from, which only metrics tell: `sources` has it. */
  const read = async (): Promise<Reading> => {
    const reading = await source.read(id, deadlineIn(1_000));
    if (reading.kind !== 'found') return reading;
    sources.push(reading.from);
    return found(reading.status);
  };
  const shows = (status: StatusDocument, change: Partial<Described>) => {
    workflow.description = aDescription(status, change);
  };
  return { workflow, source, read, shows, sources };
}

describe('the status by Temporal', () => {
  test('is queried once as long as the history doesn’t move', async () => {
    const { workflow, read, sources } = aWorkflow();

    const readings = [await read(), await read(), await read()];

    expect(readings).toEqual([found(received), found(received), found(received)]);
    expect(sources).toEqual(['query', 'unchanged', 'unchanged']);
    expect(workflow).toMatchObject({ described: 3, decoded: 1, queried: 1 });
  });

  test('H19: is queried for no change that nobody may see', async () => {
    const { workflow, read, shows } = aWorkflow();
    await read();

    shows(received, { version: '2' });
    const readings = [await read(), await read()];

    expect(readings).toEqual([found(received), found(received)]);
    expect(workflow).toMatchObject({ decoded: 2, queried: 1 });
  });

  test('is queried for a change that everybody may see, after a reset too', async () => {
    const { workflow, read, shows } = aWorkflow();
    await read();

    shows(moderation, { version: '2' });
    workflow.answer = moderation;
    const forth = [await read(), await read()];
    shows(received, { version: '1 of another run' });
    workflow.answer = received;
    const back = await read();

    expect([...forth, back]).toEqual([found(moderation), found(moderation), found(received)]);
    expect(workflow.queried).toBe(3);
  });

  test('is the later one, where the workflow moved between description and query', async () => {
    const { workflow, read, shows } = aWorkflow();
    workflow.answer = moderation;

    const first = await read();
    shows(moderation, { version: '2' });
    const second = await read();

    expect([first, second]).toEqual([found(moderation), found(moderation)]);
    expect(workflow.queried).toBe(1);
  });

  test('H16: is what was published last while a task is pending, which may fail for ever', async () => {
    const { workflow, read, shows } = aWorkflow();
    workflow.answer = 'silence';
    shows(received, { hasPendingTask: true });

    const first = await read();
    shows(moderation, { version: '2', hasPendingTask: true });

    expect([first, await read()]).toEqual([found(received), found(moderation)]);
    expect(workflow.queried).toBe(0);
  });

  test('H16: without workers its memo is decoded once for each version; they are asked as soon as no task is pending', async () => {
    const { workflow, read, shows } = aWorkflow();
    workflow.answer = 'silence';
    shows(received, { hasPendingTask: true });
    await read();

    await read();
    const decodedFirst = workflow.decoded;
    shows(moderation, { version: '2', hasPendingTask: true });
    const readings = [await read(), await read()];
    workflow.answer = accepted;
    shows(moderation, { version: '2' });
    readings.push(await read(), await read());

    expect(decodedFirst).toBe(1);
    expect(readings).toEqual([found(moderation), found(moderation), found(accepted), found(accepted)]);
    expect(workflow).toMatchObject({ decoded: 2, queried: 1 });
  });

  test('H15: needs no query where the workflow has ended, and no second look at how', async () => {
    const { workflow, read, shows } = aWorkflow();
    await read();

    shows(accepted, { version: '9', isRunning: false });
    const readings = [await read(), await read()];

    expect(readings).toEqual([found(accepted), found(accepted)]);
    expect(workflow).toMatchObject({ decoded: 2, queried: 1 });
  });

  test('H16: is what was published without workers, who are asked again after a while', async () => {
    const { workflow, read } = aWorkflow();
    workflow.answer = 'silence';

    const readings = [await read(), await read()];
    workflow.now = queryPause;
    workflow.answer = received;
    readings.push(await read(), await read());

    expect(readings).toEqual(Array.from({ length: 4 }, () => found(received)));
    expect(workflow.queried).toBe(2);
  });

  test('is unknown once its workflow is deleted, and nothing of it is kept', async () => {
    const { workflow, read, source } = aWorkflow();
    await read();

    workflow.description = undefined;
    const reading = await read();
    workflow.description = aDescription(received);
    await read();
    source.forget(id);
    await read();

    expect(reading).toEqual({ kind: 'unknown' });
    expect(workflow.queried).toBe(3);
  });
});
