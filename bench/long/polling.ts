import type { Client } from '@temporalio/client';
import type { Finding } from '../measure/finding.ts';
import { createBenchStack } from '../sides/bench-stack.ts';
import type { Plan, Result } from './clients.ts';
import { sitCommittee } from './committee.ts';
import { inProcess } from './in-process.ts';
import { panel } from './panel.ts';
import { type Scenario, scaled } from './scenario.ts';
import { serverRequests } from './server-requests.ts';
import { createTalks } from './talks.ts';
import { none } from './usual-findings.ts';

const talks = 300;

/** Of a short hour, so that each of the three calls has some. */
const fewest = 30;

/** Milliseconds. */
const hour = 3_600_000;

/** One in so many is polled each second too, by somebody who doesn't read Retry-After. */
const impatient = 10;

/** Queries for each change of a public status. */
const goal = 1.2;

export const polling: Scenario = {
  name: 'polling',
  title: `An hour of polling of ${talks} submissions: before a panel, with and without disclosure, and judged after a while`,

  async run({ program, stopping }, scale = 1) {
    const [count, duration] = [Math.max(fewest, scaled(talks, scale)), scaled(hour, scale)];
    const stack = await createBenchStack(program, stopping);
    try {
      await stack.startTemporal();
      await stack.startWorker({ SMTP_URL: await stack.startMailSink() });
      const withheld = { announcement: 'by-organisers', disclosure: 'until-announced' };
      // Each of three stages takes a fifteenth of the time.
      const judgedAfter = `${Math.round(duration / 15)}ms`;
      const calls = [
        stack.callWith('0s', {}, panel),
        stack.callWith('0s', withheld, panel),
        stack.callWith(judgedAfter),
      ];
      const limited = { RATE_LIMITS: 'on', TRUSTED_PROXIES: '127.0.0.1' };
      const [gateway, ...others] = await Promise.all(calls.map((call) => stack.startGateway(call, limited)));
      if (gateway === undefined) throw new Error('no gateway was started');
      const urls = [gateway, ...others].map(({ url }) => url);

      const talkOf = createTalks(stack.talk);
      const plan: Plan = {
        talks: Array.from({ length: count }, (_, index) => ({
          // In the first third.
          at: ((index + 1) * duration) / (3 * count),
          url: urls[index % urls.length] ?? '',
          content: talkOf(index),
          isImpatient: index % impatient === 0,
        })),
        ...{ pollers: [], waiters: [], duration, longer: 0 },
      };
      const before = await serverRequests(stack.folder);
      const committee = sitCommittee({ ...gateway, database: stack.database, duration });
      const { tallies, locations, seen } = await inProcess<Result>(
        new URL('./clients.ts', import.meta.url),
        plan,
        stopping,
      );
      const failures = await committee.stop();
      const after = await serverRequests(stack.folder);

      const changes = await countChanges(stack.client, locations);
      const asked = (operation: string) => after(operation) - before(operation);
      const polls = Object.values(tallies.poll.statuses).reduce((sum, some) => sum + some, 0);
      const findings: Finding[] = [
        {
          what: 'workflow queries for each change of a public status',
          value: asked('QueryWorkflow') / changes,
          unit: '×',
          goal: { at: 'most', value: goal },
        },
        { what: 'workflow queries', value: asked('QueryWorkflow'), unit: '' },
        { what: 'changes of public statuses', value: changes, unit: '' },
        { what: 'different documents that were polled', value: seen, unit: '' },
        { what: 'descriptions of workflows', value: asked('DescribeWorkflowExecution'), unit: '' },
        { what: 'polls', value: polls, unit: '' },
        none('talks without a 202', count - locations.length),
        none('actions of the committee that failed', failures.length),
        ...Object.entries(tallies.poll.statuses).map(
          ([status, value]): Finding => ({ what: `polls answered with ${status}`, value, unit: '' }),
        ),
      ];
      return { findings };
    } finally {
      await stack.stop();
    }
  },
};

/** As their histories tell it: the first status, and each that was written to the memo. */
async function countChanges(client: Client, locations: readonly string[]): Promise<number> {
  let changes = 0;
  for (const location of locations) {
    const { events } = await client.workflow.getHandle(`submission-${location.split('/').at(-1)}`).fetchHistory();
    const written = (events ?? []).filter(
      (event) => event.workflowPropertiesModifiedEventAttributes?.upsertedMemo?.fields?.publicStatus !== undefined,
    );
    changes += 1 + written.length;
  }
  return changes;
}
