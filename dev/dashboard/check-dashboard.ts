import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { submit } from '../../client/index.ts';
import { createCluster } from '../cluster/cluster.ts';
import { type ClusterPorts, freeClusterPorts, host } from '../cluster/cluster-ports.ts';
import type { ClusterPrograms } from '../cluster/cluster-programs.ts';
import { writeSmokeCall } from '../cluster/smoke-call.ts';
import { createParts } from '../parts.ts';
import { freePort } from '../ports.ts';
import { startPrometheus } from '../programs/prometheus.ts';
import { panelQueries } from './panel-queries.ts';

type Options = {
  programs: ClusterPrograms & { prometheus: string };
  env: Record<string, string | undefined>;
  stopping: AbortSignal;
  report: (line: string) => void;
};

const talks = 20;

/** Milliseconds in which the talks are processed and polled: several scrapes, and workers poll longer than that. */
const driven = 20_000;

/** Runs the query of each panel against a Prometheus that has scraped a cluster. @throws Error if one finds no series */
export async function checkDashboard({ programs, env, stopping, report }: Options): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), `call-for-speakers-dashboard-${process.pid}-`));
  const callFile = join(folder, 'call.yaml');
  await writeSmokeCall(callFile);
  const ports = await freeClusterPorts();
  const parts = createParts();
  const cluster = await createCluster({ folder, ports, programs, callFile, env, stopping });
  try {
    await cluster.start();
    const prometheus = await startPrometheus(parts, {
      program: programs.prometheus,
      folder: join(folder, 'prometheus'),
      port: await freePort(),
      targets: targetsOf(ports.operations),
    });
    report('a cluster is up, and a Prometheus scrapes it');
    await drive(cluster.url);
    const empty: string[] = [];
    for (const { title, query } of await panelQueries('15s')) {
      const series = await prometheus.count(query);
      report(`${series === 0 ? 'none' : String(series).padStart(4)} series: ${title}`);
      if (series === 0) empty.push(`${title}: ${query}`);
    }
    if (empty.length > 0) throw new Error(`no series:\n${empty.join('\n')}`);
  } finally {
    await parts.stop();
    await cluster.close();
    await rm(folder, { recursive: true });
  }
}

/** By the jobs of deploy/prometheus. */
function targetsOf(operations: ClusterPorts['operations']) {
  const each = Object.entries(operations).map(([name, port]) => ({
    job: name.replace(/-.*/, ''),
    at: `${host}:${port}`,
  }));
  const ofJob = (job: string) => each.filter((one) => one.job === job).map(({ at }) => at);
  return { gateway: ofJob('gateway'), worker: ofJob('worker') };
}

async function drive(url: string): Promise<void> {
  const talk = JSON.parse(await readFile(new URL('../../examples/talk.json', import.meta.url), 'utf8'));
  const aTalk = (number: number) => ({ ...talk, speaker: { ...talk.speaker, email: `speaker-${number}@example.org` } });
  const submitted = await Promise.all(Array.from({ length: talks }, (_, number) => submit(url, aTalk(number))));
  const until = Date.now() + driven;
  while (Date.now() < until) {
    for (const { location } of submitted) await (await fetch(location)).text();
    await delay(1_000);
  }
}
