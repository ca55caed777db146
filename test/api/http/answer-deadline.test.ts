import type { Client } from '@temporalio/client';
import fc from 'fast-check';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createLimits } from '../../../api/limits/limits.ts';
import { withRecords } from '../../../api/status/recorded-submissions.ts';
import { createStatusReader } from '../../../api/status/status-reader.ts';
import type { StatusDocument } from '../../../contract/http/status.ts';
import { initialState } from '../../../contract/initial-state.ts';
import { publicStatus } from '../../../contract/public-status.ts';
import type { SubmissionInput } from '../../../contract/workflow/submission-input.ts';
import { type Deadline, deadlineIn } from '../../../process/deadline.ts';
import type { Found } from '../../../store/records/find.ts';
import { createCommands } from '../../../temporal/commands.ts';
import { createOperations } from '../../../temporal/operations.ts';
import { createSubmissions } from '../../../temporal/submissions.ts';
import { aDescription, anApp, aTemporal, firstAnswerSchema, neverErased, noStore, post } from '../../support/app.ts';
import { anId, aRequest, tokens } from '../../support/fixtures.ts';
import { aRecord } from '../../support/records.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const never = () => new Promise<never>(() => undefined);
const quiet = { error: () => undefined };

/** Temporal as a client sees it when connections are taken and nothing is ever said. */
const silentHandle = { describe: never, query: never, executeUpdate: never, fetchHistory: never, cancel: never };
const silent = {
  connection: { withDeadline: (_: number, call: () => Promise<unknown>) => call() },
  workflow: { start: never, getHandle: () => silentHandle },
  workflowService: { describeWorkflowExecution: never },
  options: {},
} as unknown as Client;

const temporal = createSubmissions(silent);
const withoutTemporal = {
  commands: createCommands(silent),
  operations: createOperations(silent),
  submissions: withRecords(temporal, { find: async () => ({ kind: 'unknown' }) }, quiet),
};

/** As the store bounds each count. */
const slowCount = () => new Promise<never>((_, reject) => setTimeout(() => reject(new Error('late')), 150));

/** And the database as well. */
const withoutDatabase = {
  ...withoutTemporal,
  store: { ...noStore, records: { ...noStore.records, find: never }, list: { ...noStore.list, find: never } },
  submissions: withRecords(temporal, { find: never }, quiet),
  limits: createLimits((options) => {
    const alone = new RateLimiterMemory(options);
    return {
      consume: (key) => slowCount().catch(() => alone.consume(key)),
      get: (key) => slowCount().catch(() => alone.get(key)),
    };
  }),
};

/** One whose workflow still answers what it is asked, and takes no command any more. */
const withoutUpdates = {
  ...withoutTemporal,
  commands: { ...withoutTemporal.commands, recordOf: async () => aRecord(1) },
};

const [submission, operation] = [`/api/organiser/submissions/${anId(1)}`, '/api/organiser/announcements'];
const decision = { stage: 'moderation', outcome: 'passed' };

test.each([
  ['Temporal says', withoutTemporal],
  ['Temporal and the database say', withoutDatabase],
  ['a workflow, asked to change something, says', withoutUpdates],
])('H13, H16, H22: whatever is asked is answered within 2 s when %s nothing at all', async (_, change) => {
  const submitted = firstAnswerSchema.parse(await (await post(anApp().app, aRequest())).json());
  const { app } = anApp(change);
  const own = `/api/submissions/${submitted.id}`;
  const bySpeaker = { Authorization: `Bearer ${submitted.speakerToken}`, 'Content-Type': 'application/json' };
  const byOrganiser = { Authorization: `Bearer ${tokens.organiser}`, 'Content-Type': 'application/json' };
  const answers = [
    post(app, aRequest()),
    post(app, aRequest(), { 'Idempotency-Key': 'a-key' }),
    app.request(`/api/submissions/${anId(1)}`),
    app.request(own, { method: 'DELETE', headers: bySpeaker }),
    app.request(own, { method: 'DELETE', headers: { ...bySpeaker, 'If-Match': '"seen"' } }),
    app.request(`${own}/attendance`, { method: 'PUT', headers: bySpeaker, body: '{"attendance":"confirmed"}' }),
    app.request(`${submission}/decision`, { method: 'PUT', headers: byOrganiser, body: JSON.stringify(decision) }),
    app.request(operation, { method: 'POST', headers: byOrganiser, body: '{"filter":{}}' }),
    app.request(`${operation}/${'a'.repeat(32)}`, { headers: byOrganiser }),
  ];
  const codes: number[] = [];
  for (const [at, answer] of answers.entries()) {
    void Promise.resolve(answer).then(({ status }) => {
      codes[at] = status;
    });
  }

  await vi.advanceTimersByTimeAsync(1_999);

  expect(codes).toEqual(answers.map(() => 503));
});

test('H13: a submit leaves Temporal most of its time while the database says nothing', async () => {
  const given: number[] = [];
  const start = async (input: SubmissionInput, deadline: Deadline) => {
    given.push(deadline.left());
    return { kind: 'started' as const, status: publicStatus(initialState(input)) };
  };
  const submissions = withRecords(aTemporal({ start }), { find: never }, quiet);
  const { app } = anApp({ ...withoutDatabase, submissions });

  const answer = post(app, aRequest());
  await vi.advanceTimersByTimeAsync(1_999);

  expect((await answer).status).toBe(202);
  expect(given[0]).toBeGreaterThan(1_200);
});

type Behaviour = { after: number | undefined; says: 'found' | 'unknown' | 'failure' };

/** `after` so many milliseconds; `undefined` for never. */
const behaviour = (...says: Behaviour['says'][]): fc.Arbitrary<Behaviour> =>
  fc.record({ after: fc.option(fc.nat(3_000), { nil: undefined }), says: fc.constantFrom(...says) });

const any = behaviour('found', 'unknown', 'failure');

const status = publicStatus(aRecord(1).state);
const time = 1_600;

async function behave<Value>({ after, says }: Behaviour, found: Value, unknown: Value): Promise<Value> {
  if (after === undefined) return never();
  await new Promise((resolve) => setTimeout(resolve, after));
  if (says === 'failure') throw new Error('down');
  return says === 'found' ? found : unknown;
}

/** A reader of sources that behave so, and the time that each of them was given beyond what was left. */
function aReader({ record, query, description }: Record<'record' | 'query' | 'description', Behaviour>) {
  const onRecord = { fingerprint: '', status, isOver: false, isConcluded: false, kind: 'found' } satisfies Found;
  const given: number[] = [];
  const source = withRecords(
    aTemporal({
      queryStatus: async (_, deadline) => {
        given.push(deadline.left());
        return behave<StatusDocument | undefined>(query, status, undefined);
      },
      describe: async (_, deadline) => {
        given.push(deadline.left());
        return behave(description, aDescription(status), undefined);
      },
    }),
    { find: () => behave<Found>(record, onRecord, { kind: 'unknown' }) },
    quiet,
  ).source;
  return { reader: createStatusReader(source, neverErased), given };
}

test('H16: however its sources behave, a reading ends in time, and no source is given more than is left', async () => {
  const sources = fc.record({ record: any, query: any, description: any });

  await fc.assert(
    fc.asyncProperty(sources, async (all) => {
      const { reader, given } = aReader(all);
      const began = performance.now();
      const deadline: Deadline = deadlineIn(time);
      let endedAt = Number.POSITIVE_INFINITY;

      void reader.read(anId(1), deadline).then(() => {
        endedAt = performance.now();
      });
      for (let at = 0; at < time + 10; at += 10) {
        for (const left of given.splice(0)) expect(left).toBeLessThanOrEqual(deadline.left() + 10);
        await vi.advanceTimersByTimeAsync(10);
      }

      expect(endedAt - began).toBeLessThanOrEqual(time + 1);
    }),
    { numRuns: 100 },
  );
});

test('H16: whatever the database and the workers do, a description that comes soon is an answer', async () => {
  const soon = fc.nat(500);
  const others = fc.record({ record: any, query: behaviour('found', 'failure') });

  await fc.assert(
    fc.asyncProperty(soon, others, async (after, { record, query }) => {
      const { reader } = aReader({ record, query, description: { after, says: 'found' } });

      const reading = reader.read(anId(1), deadlineIn(time));
      await vi.advanceTimersByTimeAsync(time + 1);

      expect(await reading).toMatchObject({ kind: 'found', status });
    }),
    { numRuns: 100 },
  );
});

test('H16: whoever joins the reading of another request is answered in their own time', async () => {
  const request = fc.record({ at: fc.nat(1_400), left: fc.integer({ min: 1, max: time }) });

  await fc.assert(
    fc.asyncProperty(fc.array(request, { minLength: 2, maxLength: 6 }), any, async (requests, query) => {
      const fails: Behaviour = { after: 0, says: 'failure' };
      const { reader } = aReader({ record: fails, query, description: { after: undefined, says: 'found' } });
      const overdue: number[] = [];

      for (const { at, left } of requests) {
        setTimeout(() => {
          const due = performance.now() + left;
          void reader.read(anId(1), deadlineIn(left)).then(() => overdue.push(performance.now() - due));
        }, at);
      }
      await vi.advanceTimersByTimeAsync(2 * time);

      expect(overdue).toHaveLength(requests.length);
      expect(Math.max(...overdue)).toBeLessThanOrEqual(1);
    }),
    { numRuns: 100 },
  );
});
