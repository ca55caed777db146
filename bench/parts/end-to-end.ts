import { randomUUID } from 'node:crypto';
import { openDatabase } from '../../store/database.ts';
import type { Part } from '../measure/part.ts';
import { compare, type Side } from '../measure/rounds.ts';
import { createBenchStack } from '../sides/bench-stack.ts';
import { postTalk } from '../sides/post-talk.ts';
import { rawQueue } from '../sides/raw-queue.ts';

const calls = 200;

export const endToEnd: Part = {
  name: 'end-to-end',
  title: 'A submission from its POST to the end of its workflow',

  async run({ program, stopping }) {
    const stack = await createBenchStack(program, stopping);
    try {
      const temporal = await stack.startTemporal();
      const worker = await stack.startWorker({ SMTP_URL: await stack.startMailSink() });
      const gateway = await stack.startGateway(stack.callWith('0s'));
      const rawWorker = await stack.startRawWorker();
      const { client } = stack;
      const talk = JSON.parse(stack.talk);

      const ours: Side = {
        name: 'ours, with its records and its mail',
        processes: { gateway: [gateway.pid], worker: [worker.pid], server: [temporal.pid] },
        act: async () => {
          const id = await postTalk(gateway.http, stack.talk);
          await client.workflow.getHandle(`submission-${id}`).result();
        },
      };
      const raw: Side = {
        name: 'raw chain of three activities',
        processes: { worker: [rawWorker.pid], server: [temporal.pid] },
        act: () => client.workflow.execute('chain', { taskQueue: rawQueue, workflowId: randomUUID(), args: [talk] }),
      };
      const figures = await compare([ours, raw], { calls });
      await assertDelivered(stack.database);
      const [first] = figures;
      return {
        tables: [{ title: this.title, figures }],
        findings: [
          {
            what: 'submissions/s against the raw chain',
            value: first?.ratio ?? 0,
            unit: '×',
            goal: { at: 'least', value: 1 },
          },
          {
            what: 'CPU of a submission against the raw chain',
            value: first?.cpuRatio ?? 0,
            unit: '×',
            goal: { at: 'most', value: 1 },
          },
        ],
      };
    } finally {
      await stack.stop();
    }
  },
};

/** The workflow ends after the first attempt at its mail: all must have been sent. */
async function assertDelivered(database: string): Promise<void> {
  const db = openDatabase(database, () => undefined);
  try {
    const unsent = await db.selectFrom('messages').select('state').where('state', '<>', 'sent').execute();
    if (unsent.length > 0) throw new Error(`${unsent.length} messages were not sent`);
  } finally {
    await db.destroy();
  }
}
