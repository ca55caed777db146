import type { Finding } from '../measure/finding.ts';
import { createBenchStack } from '../sides/bench-stack.ts';
import { untilAwaiting } from './awaiting.ts';
import type { Plan, Result } from './clients.ts';
import { inProcess } from './in-process.ts';
import { openTalks } from './open-talks.ts';
import { panel } from './panel.ts';
import { sum } from './polite-clients.ts';
import { type Scenario, scaled } from './scenario.ts';
import { createTalks } from './talks.ts';
import { none, slowest } from './usual-findings.ts';

const talks = 5_000;

/** Talks of earlier days, before the panel. Each has five pollers, and one who waits with its page open. */
const older = 1_000;
const pollersOfOlder = 5;

/** Milliseconds. */
const duration = 600_000;
const startOfOthers = 60_000;
const patience = 900_000;

export const deadlineEvening: Scenario = {
  name: 'deadline-evening',
  title: `The last ten minutes before the deadline: ${talks} talks, and those of earlier days are polled`,

  async run({ program, stopping }, scale = 1) {
    const [count, before, time] = [scaled(talks, scale), scaled(older, scale), scaled(duration, Math.sqrt(scale))];
    const stack = await createBenchStack(program, stopping);
    try {
      await stack.startTemporal();
      await stack.startWorker({ SMTP_URL: await stack.startMailSink() });
      const limited = { RATE_LIMITS: 'on', TRUSTED_PROXIES: '127.0.0.1' };
      const call = stack.callWith('0s', {}, panel);
      const talkOf = createTalks(stack.talk);
      // The seeding has one address: it would be limited.
      const seeding = await stack.startGateway(call);
      const waiting = { database: stack.database, awaits: 'selection', stopping };
      const [from, inAll] = [0, before];
      const submitted = await openTalks({ ...waiting, url: seeding.url, talkOf, from, count: before, inAll });
      await seeding.stop();

      const { url } = await stack.startGateway(call, limited);
      const locations = submitted.map(({ location }) => location.replace(seeding.url, url));
      const soon = (index: number) => ((index * 7_919) % 10_000) * (Math.min(startOfOthers, time / 2) / 10_000);
      const plan: Plan = {
        talks: Array.from({ length: count }, (_, index) => ({
          at: arrivalOf(index, count) * time,
          url,
          content: talkOf(before + index),
        })),
        pollers: Array.from({ length: pollersOfOlder }, () => locations)
          .flat()
          .map((location, index) => ({ at: soon(index), location })),
        waiters: locations.map((location, index) => ({ at: soon(index), location })),
        duration: time,
        longer: patience,
      };
      const result = await inProcess<Result>(new URL('./clients.ts', import.meta.url), plan, stopping);
      // The records are complete when the worker has caught up.
      const isEnough = (records: number) => records >= before + count;
      const { count: records } = await untilAwaiting({ ...waiting, isEnough });
      const workflows = await stack.client.workflow.count('WorkflowType = "submission"');

      const { submit, poll, wait } = result.tallies;
      const findings: Finding[] = [
        none('talks without a 202', count - result.locations.length),
        none('talks that were received and have no record', before + result.locations.length - records),
        none('workflows too many or too few', Math.abs(workflows.count - before - count)),
        slowest('a submit', submit.latencies, 2_000),
        slowest('a poll', poll.latencies, 2_000),
        slowest('a request that waits, beyond its time', wait.latencies, 2_000),
        none('429 to a polite client', sum(result.tallies, isRefused)),
        none('answers that nobody expects', sum(result.tallies, isUnexpected)),
        ...Object.entries(result.tallies).flatMap(([kind, { statuses }]) =>
          Object.entries(statuses).map(
            ([status, value]): Finding => ({ what: `${kind}: answers ${status}`, value, unit: '' }),
          ),
        ),
        { what: 'the longest way to a 202, with retries', value: Math.max(...result.received) / 1_000, unit: 's' },
      ];
      return { findings, series: [{ name: 'submits begun, by minutes', points: curve(count, time) }] };
    } finally {
      await stack.stop();
    }
  },
};

/**
 * When a talk is sent, as a share of the time: the share of talks sent by then is its cube. Half of them come in the last
 * fifth, and at the end three times as many a second as on average (25 of 8.3).
 */
function arrivalOf(index: number, count: number): number {
  return Math.cbrt((index + 1) / count);
}

function curve(count: number, time: number): [number, number][] {
  return Array.from({ length: 21 }, (_, at) => [(time / 60_000) * (at / 20), count * (at / 20) ** 3]);
}

const isRefused = (status: number): boolean => status === 429;

/** 0 is a connection that broke. */
const isUnexpected = (status: number): boolean => ![200, 202, 304, 429, 503].includes(status);
