import { setTimeout as delay } from 'node:timers/promises';
import type { Part } from '../measure/part.ts';
import { createBenchStack } from '../sides/bench-stack.ts';
import { postTalk } from '../sides/post-talk.ts';
import { untilIdle } from '../sides/until-idle.ts';

const posts = 1_000;

/** In milliseconds. */
const within = 1_000;

export const burst: Part = {
  name: 'burst',
  title: `${posts} submits in one second, by clients that come back when they are told to`,

  async run({ program, stopping }) {
    const stack = await createBenchStack(program, stopping);
    try {
      await stack.startTemporal();
      await stack.startWorker({ SMTP_URL: await stack.startMailSink() });
      const gateway = await stack.startGateway(stack.callWith('0s'));
      await postTalk(gateway.http, stack.talk);
      await untilIdle(stack.client);

      const refused: number[] = [];
      let longest = 0;
      const counting = {
        async send(...args: Parameters<typeof gateway.http.send>) {
          const began = performance.now();
          const answer = await gateway.http.send(...args);
          longest = Math.max(longest, performance.now() - began);
          if (answer.status !== 202) refused.push(answer.status);
          return answer;
        },
      };
      const began = performance.now();
      const ids = await Promise.all(
        Array.from({ length: posts }, async (_, at) => {
          await delay((at * within) / posts);
          // Half of them would be doubled if a refused one had been started.
          const key = at % 2 === 0 ? `Idempotency-Key: burst-${at}\r\n` : '';
          return postTalk(counting, stack.talk, key);
        }),
      );
      const seconds = (performance.now() - began) / 1_000;
      await untilIdle(stack.client);
      const { count } = await stack.client.workflow.count("WorkflowType = 'submission'");
      const [distinct, most] = [new Set(ids).size, 'most'] as const;
      return {
        findings: [
          {
            what: 'clients without a 202 of their own',
            value: posts - distinct,
            unit: 'clients',
            goal: { at: most, value: 0 },
          },
          {
            what: 'submissions more than clients',
            value: count - 1 - posts,
            unit: 'submissions',
            goal: { at: most, value: 0 },
          },
          { what: 'requests refused with Retry-After on the way', value: refused.length, unit: 'requests' },
          { what: 'until the last client had its 202', value: seconds, unit: 's' },
          { what: 'the longest that a request waited', value: longest, unit: 'ms', goal: { at: most, value: 2_000 } },
        ],
      };
    } finally {
      await stack.stop();
    }
  },
};
