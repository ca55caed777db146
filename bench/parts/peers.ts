import { randomUUID } from 'node:crypto';
import type { Part } from '../measure/part.ts';
import { compare, type Side } from '../measure/rounds.ts';
import type { Peer } from '../peers/peer.ts';
import { startDbos } from '../peers/start-dbos.ts';
import { startRestate } from '../peers/start-restate.ts';
import { createBenchStack } from '../sides/bench-stack.ts';
import { rawQueue } from '../sides/raw-queue.ts';

const calls = 300;

const running = 300;

/** Milliseconds; longer than any run of the bench. */
const anHour = 3_600_000;

export const peers: Part = {
  name: 'peers',
  title: 'The same job on other engines',

  async run({ program, postgres, stopping }) {
    const stack = await createBenchStack(program, stopping);
    const peers: Peer[] = [];
    try {
      const temporal = await stack.startTemporal();
      const rawWorker = await stack.startRawWorker();
      const talk = JSON.parse(stack.talk);
      const raw: Side = {
        name: 'raw chain of three activities',
        processes: { worker: [rawWorker.pid], server: [temporal.pid] },
        act: () =>
          stack.client.workflow.execute('chain', { taskQueue: rawQueue, workflowId: randomUUID(), args: [talk] }),
        calls: 100,
      };
      peers.push(await startRestate(stopping));
      if (postgres !== undefined) peers.push(await startDbos(postgres, stopping));
      const executing = peers.map(({ name, version, processes, execute }): Side => {
        return { name: `${name} ${version}`, processes, act: execute };
      });
      const endToEnd = await compare([...executing, raw], { calls });

      const reading: Side[] = [];
      for (const { name, version, processes, http, submit, statusPath } of peers) {
        const ids = await Promise.all(Array.from({ length: running }, () => submit(anHour)));
        const act = (at: number) => http.get(statusPath(ids[at % ids.length] ?? ''));
        reading.push({ name: `${name} ${version}`, processes, act });
      }
      const reads = await compare(reading, { calls: 3_000 });
      return {
        tables: [
          { title: this.title, figures: endToEnd },
          { title: `Statuses of ${running} running submissions`, figures: reads },
        ],
      };
    } finally {
      for (const peer of peers) await peer.stop();
      await stack.stop();
    }
  },
};
