import { freePort } from '../../dev/ports.ts';
import { startCollector } from '../../dev/stand-ins/collector.ts';
import { until } from '../../dev/until.ts';
import type { Finding, Table } from '../measure/finding.ts';
import type { Context, Part } from '../measure/part.ts';
import { compare, type Figures, type Side } from '../measure/rounds.ts';
import { createBenchStack } from '../sides/bench-stack.ts';
import { postTalk } from '../sides/post-talk.ts';

const running = 300;

/** Requests of a round of polls: seconds, as in the part `reads`. */
const polls = 20_000;

const submissions = 100;

const statusPath = (id: string) => `/api/submissions/${id}`;

export const telemetry: Part = {
  name: 'telemetry',
  title: 'The service with metrics, and with traces too, against itself without',

  async run(context) {
    const collector = await startCollector();
    const started: Awaited<ReturnType<typeof startSide>>[] = [];
    const side = async (...telemetry: Telemetry[]) => {
      const one = await startSide(context, telemetry, collector.settings.OTEL_EXPORTER_OTLP_ENDPOINT);
      started.push(one);
      return one;
    };
    try {
      const [traced, watched, plain] = [await side('metrics', 'traces'), await side('metrics'), await side()];
      const sidesOf = (act: 'poll' | 'submit'): Side[] => [
        { name: 'with metrics and traces', ...traced[act] },
        { name: 'with metrics', ...watched[act] },
        { name: 'without', ...plain[act] },
      ];
      const urls = [...traced.metrics, ...watched.metrics];
      const scrape = () => Promise.all(urls.map(async (url) => (await fetch(url)).text()));
      const whole = await compare(sidesOf('submit'), { calls: submissions, settle: scrape });
      for (const { submitTalks } of started) await submitTalks();
      const polled = await compare(sidesOf('poll'), { calls: polls, settle: scrape });
      const tables: Table[] = [
        { title: `Statuses of ${running} running submissions`, figures: polled },
        { title: 'A submission, from its POST to the end of its workflow', figures: whole },
      ];
      const cost = (what: string, figures: readonly Figures[]): Finding[] =>
        figures.slice(0, -1).flatMap(({ name, ratio, cpuRatio }) => [
          { what: `${what}/s, ${name}`, value: ratio, unit: '×', goal: { at: 'least', value: 0.9 } },
          { what: `CPU of ${what}, ${name}`, value: cpuRatio, unit: '×', goal: { at: 'most', value: 1.1 } },
        ]);
      return { tables, findings: [...cost('statuses', polled), ...cost('submissions', whole)] };
    } finally {
      for (const { stop } of started) await stop();
      await collector.close();
    }
  },
};

type Telemetry = 'metrics' | 'traces';

async function startSide({ program, stopping }: Context, telemetry: Telemetry[], collector: string) {
  const isWatched = telemetry.includes('metrics');
  const traces = telemetry.includes('traces') ? { OTEL_EXPORTER_OTLP_ENDPOINT: collector } : {};
  const stack = await createBenchStack(program, stopping);
  const server = await stack.startTemporal();
  const ports = [await freePort(), await freePort()];
  const [ofWorker, ofGateway] = ports.map((port) => ({ ...traces, OPERATIONS_PORT: isWatched ? String(port) : '' }));
  const worker = await stack.startWorker(ofWorker);
  const ending = await stack.startGateway(stack.callWith('0s'), ofGateway);
  const waiting = isWatched ? await freePort() : '';
  const polled = await stack.startGateway(stack.callWith('1h'), { ...traces, OPERATIONS_PORT: String(waiting) });
  const ids: string[] = [];

  return {
    metrics: [...ports, waiting].map((port) => `http://127.0.0.1:${port}/metrics`),

    async submitTalks() {
      ids.push(...(await Promise.all(Array.from({ length: running }, () => postTalk(polled.http, stack.talk)))));
      // Else the first polls would wait for workers that are still busy with them.
      const isAnswered = () => Promise.all(ids.map((id) => polled.http.get(statusPath(id))));
      await until(isAnswered, 'the statuses of those that run are not answered');
      polled.http.close();
    },

    poll: {
      processes: { gateway: [polled.pid] },
      act: (at: number) => polled.http.get(statusPath(ids[at % running] ?? '')),
    },

    submit: {
      processes: { gateway: [ending.pid], worker: [worker.pid], server: [server.pid] },
      act: async () => {
        const id = await postTalk(ending.http, stack.talk);
        await stack.client.workflow.getHandle(`submission-${id}`).result();
      },
    },

    stop: stack.stop,
  };
}
