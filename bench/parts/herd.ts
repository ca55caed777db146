import { setTimeout as delay } from 'node:timers/promises';
import pLimit from 'p-limit';
import { serverRequests } from '../long/server-requests.ts';
import { headerOf } from '../measure/http-client.ts';
import type { Part } from '../measure/part.ts';
import { createBenchStack } from '../sides/bench-stack.ts';
import { postTalk } from '../sides/post-talk.ts';

const pollers = 2_000;

/** Submits at a time, and polls before the herd. */
const callers = 32;

/** Milliseconds in which all come back, as at an announced date. */
const within = 1_000;

/** Milliseconds after which no copy of a status is fresh. */
const untilStale = 1_500;

export const herd: Part = {
  name: 'herd',
  title: `${pollers} polls in one second, each of a running submission of its own`,

  async run({ program, stopping }) {
    const stack = await createBenchStack(program, stopping);
    try {
      await stack.startTemporal();
      await stack.startWorker({ SMTP_URL: await stack.startMailSink() });
      const { http } = await stack.startGateway(stack.callWith('1h'));
      const limited = pLimit(callers);
      const submit = async () => `/api/submissions/${await postTalk(http, stack.talk)}`;
      const paths = await Promise.all(Array.from({ length: pollers }, () => limited(submit)));
      await delay(untilStale);
      await Promise.all(paths.map((path) => limited(() => http.get(path))));
      await delay(untilStale);

      let [longest, refused, unserved] = [0, 0, 0];
      const poll = async (path: string): Promise<void> => {
        for (;;) {
          const began = performance.now();
          const answer = await http.send('GET', path);
          longest = Math.max(longest, performance.now() - began);
          if (answer.status !== 503) {
            if (answer.status !== 202) unserved += 1;
            return;
          }
          refused += 1;
          await delay(Number(headerOf(answer, 'Retry-After')) * 1_000);
        }
      };
      const before = await serverRequests(stack.folder);
      const began = performance.now();
      await Promise.all(
        paths.map(async (path, at) => {
          await delay((at * within) / pollers);
          await poll(path);
        }),
      );
      const seconds = (performance.now() - began) / 1_000;
      const after = await serverRequests(stack.folder);
      const described = after('DescribeWorkflowExecution') - before('DescribeWorkflowExecution');
      return {
        findings: [
          { what: 'pollers without their status', value: unserved, unit: '', goal: { at: 'most', value: 0 } },
          { what: 'polls refused with Retry-After on the way', value: refused, unit: '' },
          { what: 'until the last poller had its status', value: seconds, unit: 's' },
          { what: 'the longest that a poll waited', value: longest, unit: 'ms', goal: { at: 'most', value: 2_000 } },
          { what: 'descriptions of workflows for each poller', value: described / pollers, unit: '×' },
        ],
      };
    } finally {
      await stack.stop();
    }
  },
};
