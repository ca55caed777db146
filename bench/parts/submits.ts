import type { Table } from '../measure/finding.ts';
import type { Part } from '../measure/part.ts';
import { compare, type Side } from '../measure/rounds.ts';
import { createBenchStack } from '../sides/bench-stack.ts';
import { postTalk } from '../sides/post-talk.ts';
import { rawStarter } from '../sides/raw-start.ts';
import { untilIdle } from '../sides/until-idle.ts';

const calls = 200;

export const submits: Part = {
  name: 'submits',
  title: 'Submits against starts by the client alone, with the same payload',

  async run({ program, stopping }) {
    const stack = await createBenchStack(program, stopping);
    try {
      const temporal = await stack.startTemporal();
      const worker = await stack.startWorker({ SMTP_URL: await stack.startMailSink() });
      const gateway = await stack.startGateway(stack.callWith('0s'));
      const start = await rawStarter(stack.client, stack.talk, gateway.callFile);
      const sides = (working: Record<string, number[]>): Side[] => [
        {
          name: 'ours, POST',
          processes: { gateway: [gateway.pid], server: [temporal.pid], ...working },
          act: () => postTalk(gateway.http, stack.talk),
        },
        { name: 'raw start', processes: { server: [temporal.pid], ...working }, act: start },
      ];
      const settle = () => untilIdle(stack.client);
      const busy = await compare(sides({ worker: [worker.pid] }), { calls, settle });
      await worker.stop();
      const alone = await compare(sides({}), { calls });
      const tables: Table[] = [
        { title: 'Submits while the worker works', figures: busy },
        { title: 'Submits without a worker', figures: alone },
      ];
      return {
        tables,
        findings: [
          {
            what: 'submits/s against raw starts, while the worker works',
            value: busy[0]?.ratio ?? 0,
            unit: '×',
            goal: { at: 'least', value: 0.8 },
          },
          {
            what: 'submits/s against raw starts, without a worker',
            value: alone[0]?.ratio ?? 0,
            unit: '×',
            goal: { at: 'least', value: 0.95 },
          },
        ],
      };
    } finally {
      await stack.stop();
    }
  },
};
