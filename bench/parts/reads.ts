import { setTimeout as delay } from 'node:timers/promises';
import { publicStatusQuery } from '../../contract/workflow/queries.ts';
import type { Finding, Table } from '../measure/finding.ts';
import type { Part } from '../measure/part.ts';
import { compare, type Side } from '../measure/rounds.ts';
import { startPeers } from '../peers/start-peers.ts';
import { createBenchStack } from '../sides/bench-stack.ts';
import { postTalk } from '../sides/post-talk.ts';

const running = 300;

/** Milliseconds; longer than any run of the bench. */
const anHour = 3_600_000;

/** Requests of a round of those that take microseconds: seconds, in which copies are renewed as they are in a long poll. */
const manyCalls = 100_000;

/** Milliseconds after which no copy of a status is fresh. */
const untilStale = 1_500;

export const reads: Part = {
  name: 'reads',
  title: 'Statuses of running submissions',

  async run(context) {
    const stack = await createBenchStack(context.program, context.stopping);
    const { peers, stop } = await startPeers(context);
    try {
      const temporal = await stack.startTemporal();
      const worker = await stack.startWorker();
      const gateway = await stack.startGateway(stack.callWith('1h'));
      const ids = await Promise.all(Array.from({ length: running }, () => postTalk(gateway.http, stack.talk)));
      // As many connections as there are callers, as at the bare route: a server keeps something for each.
      gateway.http.close();
      const idAt = (at: number) => ids[at % ids.length] ?? '';
      const bare = await stack.startBareRoute(await gateway.http.get(`/api/submissions/${idAt(0)}`));
      const handleAt = (at: number) => stack.client.workflow.getHandle(`submission-${idAt(at)}`);

      const server = { server: [temporal.pid] };
      const serving = { ...server, worker: [worker.pid] };
      const ours = (processes: Side['processes']): Side => ({
        name: 'ours',
        processes: { gateway: [gateway.pid], ...processes },
        act: (at) => gateway.http.get(`/api/submissions/${idAt(at)}`),
      });
      const sameBytes: Side = {
        name: 'bare route, the same bytes',
        processes: { route: [bare.pid] },
        act: (at) => bare.http.get(`/api/submissions/${idAt(at)}`),
      };
      const bodyOnly: Side = {
        name: 'bare route, the body only',
        processes: { route: [bare.pid] },
        act: (at) => bare.http.get(`/body-only/${idAt(at)}`),
      };
      const query: Side = {
        name: 'raw query',
        processes: serving,
        act: (at) => handleAt(at).query(publicStatusQuery),
        calls: 300,
      };
      const others: Side[] = [];
      for (const { name, version, processes, http, submit, statusPath } of peers) {
        const submitted = await Promise.all(Array.from({ length: running }, () => submit(anHour)));
        const act = (at: number) => http.get(statusPath(submitted[at % running] ?? ''));
        others.push({ name: `${name} ${version}`, processes, act, calls: 3_000 });
      }
      const describe: Side = { name: 'raw describe', processes: server, act: (at) => handleAt(at).describe() };

      const one: Table = {
        title: 'Status of 1 running submission',
        figures: await compare(
          [{ ...ours(serving), act: () => gateway.http.get(`/api/submissions/${idAt(0)}`) }, bodyOnly, sameBytes],
          { calls: manyCalls },
        ),
      };
      const many: Table = {
        title: `Statuses of ${running} running submissions`,
        figures: await compare([ours(serving), query, ...others, bodyOnly, sameBytes], { calls: manyCalls }),
      };
      await worker.stop();
      const stopped: Table = {
        title: `Statuses of ${running} submissions without a worker, none of them fresh`,
        figures: await compare([ours(server), describe], { calls: running, settle: () => delay(untilStale) }),
      };
      const figure = (table: Table, name: string) => table.figures.find((figures) => figures.name === name);
      const [ourMany, queries] = [figure(many, 'ours'), figure(many, 'raw query')];
      const findings: Finding[] = [
        {
          what: `statuses/s of ${running} running against the bare route`,
          value: ourMany?.ratio ?? 0,
          unit: '×',
          goal: { at: 'least', value: 0.6 },
        },
        {
          what: 'their 99th percentile against that of raw queries',
          value: (ourMany?.p99 ?? 0) / (queries?.p99 ?? 0),
          unit: '×',
          goal: { at: 'most', value: 0.1 },
        },
        {
          what: 'statuses/s without a worker against raw describes',
          value: figure(stopped, 'ours')?.ratio ?? 0,
          unit: '×',
          goal: { at: 'least', value: 0.9 },
        },
      ];
      return { tables: [one, many, stopped], findings };
    } finally {
      await stop();
      await stack.stop();
    }
  },
};
