import { randomUUID } from 'node:crypto';
import { Client } from '@temporalio/client';
import { openDatabase } from '../../store/database.ts';
import type { Finding } from '../measure/finding.ts';
import type { Part } from '../measure/part.ts';
import { compare, type Side } from '../measure/rounds.ts';
import { startPeers } from '../peers/start-peers.ts';
import { createBenchStack } from '../sides/bench-stack.ts';
import { bySomebody } from '../sides/by-somebody.ts';
import { postTalk } from '../sides/post-talk.ts';
import { rawQueue } from '../sides/raw-queue.ts';

const calls = 200;

export const endToEnd: Part = {
  name: 'end-to-end',
  title: 'A submission, from its POST to the end of its workflow',

  async run(context) {
    const stack = await createBenchStack(context.program, context.stopping);
    const { peers, stop } = await startPeers(context);
    try {
      const { pid: server } = await stack.startTemporal();
      const rawWorker = await stack.startRawWorker();
      const gateway = await stack.startGateway(stack.callWith('0s'), { TRUSTED_PROXIES: '127.0.0.1' });
      const { client } = stack;
      // The raw side encrypts nothing: what encryption costs is in the ratios.
      const bare = new Client(stack.server);
      const talk = JSON.parse(stack.talk);

      const ours = (name: string, { pid }: { pid: number }): Side => ({
        name,
        processes: { gateway: [gateway.pid], worker: [pid], server: [server] },
        act: async () => {
          const id = await postTalk(gateway.http, ...bySomebody(talk));
          await client.workflow.getHandle(`submission-${id}`).result();
        },
      });
      const others = peers.map(({ name, version, processes, execute }): Side => {
        return { name: `${name} ${version}, the chain alone`, processes, act: execute };
      });
      const rawSide = (name: string, workflow: string): Side => ({
        name,
        processes: { worker: [rawWorker.pid], server: [server] },
        act: () => bare.workflow.execute(workflow, { taskQueue: rawQueue, workflowId: randomUUID(), args: [talk] }),
      });
      const raw = rawSide('raw chain of three activities', 'chain');
      const empty = rawSide('raw workflow of our shape, empty', 'emptyShape');

      const mailing = await stack.startWorker({ SMTP_URL: await stack.startMailSink() });
      const whole = await compare([ours('ours, records and mail', mailing), ...others, raw], { calls });
      await mailing.stop();
      const outbox = await stack.startWorker();
      const withoutMail = await compare([ours('ours, records, mail in a file', outbox), empty, raw], { calls });
      await assertDelivered(stack.database);

      const findings: Finding[] = [
        {
          what: 'submissions/s against the raw chain',
          value: whole[0]?.ratio ?? 0,
          unit: '×',
          goal: { at: 'least', value: 1 },
        },
        {
          what: 'CPU against the raw chain',
          value: whole[0]?.cpuRatio ?? 0,
          unit: '×',
          goal: { at: 'most', value: 1 },
        },
        {
          what: 'submissions/s, mail in a file, against the raw chain',
          value: withoutMail[0]?.ratio ?? 0,
          unit: '×',
          goal: { at: 'least', value: 1.5 },
        },
      ];
      const tables = [
        { title: this.title, figures: whole },
        { title: 'The same without a mail server', figures: withoutMail },
      ];
      return { tables, findings };
    } finally {
      await stop();
      await stack.stop();
    }
  },
};

/** The workflow ends after the first attempt at its mail: all must have been sent, but for answers to unproved addresses. */
async function assertDelivered(database: string): Promise<void> {
  const db = openDatabase(database, () => undefined);
  try {
    const unsent = await db.selectFrom('messages').select('state').where('state', 'not in', ['sent', 'held']).execute();
    if (unsent.length > 0) throw new Error(`${unsent.length} messages were not sent`);
  } finally {
    await db.destroy();
  }
}
