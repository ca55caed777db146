import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createOrganiser, type Submitted, submit } from '../../client/index.ts';
import { until } from '../until.ts';
import { type Cluster, createCluster } from './cluster.ts';
import { freeClusterPorts } from './cluster-ports.ts';
import type { ClusterPrograms } from './cluster-programs.ts';
import { type Followed, followTalk } from './follow-talk.ts';
import { countLetters, proveAddress } from './letters.ts';
import { writeSmokeCall } from './smoke-call.ts';

type Options = {
  programs: ClusterPrograms;
  env: Record<string, string | undefined>;
  stopping: AbortSignal;
  report: (line: string) => void;
};

/** So many that both gateways have some, since each talk belongs to one. */
const talks = 6;

/** Seconds for which a gateway holds a request at most. */
const longestWait = 25;

/** Through a submission, a decision and its announcement, while one of each is killed. @throws what went wrong */
export async function smoke({ programs, env, stopping, report }: Options): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), `call-for-speakers-cluster-${process.pid}-`));
  const callFile = join(folder, 'call.yaml');
  await writeSmokeCall(callFile);
  const ports = await freeClusterPorts();
  const cluster = await createCluster({ folder, ports, programs, callFile, env, stopping });
  const over = new AbortController();
  try {
    await step(report, 'two gateways behind nginx, two workers, Temporal and two PostgreSQLs are up', cluster.start);
    await Promise.race([play(cluster, AbortSignal.any([stopping, over.signal]), report), cluster.died]);
  } catch (error) {
    await cluster.close();
    report(`The logs are in ${join(folder, 'logs')}`);
    throw error;
  } finally {
    over.abort();
  }
  await step(report, 'all parts are stopped, in order', cluster.close);
  await rm(folder, { recursive: true });
}

async function play(cluster: Cluster, signal: AbortSignal, report: Options['report']): Promise<void> {
  const { url } = cluster;
  const outbox = join(cluster.folder, 'outbox');
  const organiser = createOrganiser(url, (await readFile(cluster.organiserToken, 'utf8')).trim());
  const submitted: Submitted[] = [];
  const followed: Followed[] = [];
  const followNew = async (number: number) => {
    const one = await submit(url, await aTalk(number));
    submitted.push(one);
    followed.push(followTalk(one.location, signal));
  };

  await step(report, `${talks} talks are submitted through nginx, and followed`, async () => {
    await Promise.all(Array.from({ length: talks }, (_, number) => followNew(number)));
    await Promise.all(submitted.map(({ location }) => proveAddress(url, outbox, idOf(location))));
  });
  await step(report, 'gateway-1 is killed, another talk is submitted, gateway-1 is back', async () => {
    await cluster.kill('gateway-1');
    await followNew(talks);
    await proveAddress(url, outbox, idOf(submitted.at(-1)?.location ?? ''));
    await cluster.restart('gateway-1');
  });
  await step(report, 'all wait for the organisers', async () => {
    for (const { location } of submitted)
      await until(
        async () => (await organiser.read(idOf(location))).stage === 'selection' || undefined,
        `${location} does not reach the selection`,
      );
  });
  await step(report, `a request is held for ${longestWait} s, and comes back unchanged`, () =>
    hold(submitted[0]?.location),
  );
  await step(report, 'worker-1 is killed while the organisers decide', async () => {
    const decided = Promise.all(
      submitted.map(({ location }) =>
        organiser.decide(idOf(location), {
          stage: 'selection',
          outcome: 'passed',
          override: true,
          reason: 'A smoke test.',
        }),
      ),
    );
    await cluster.kill('worker-1');
    await decided;
    await cluster.restart('worker-1');
  });
  await step(report, 'the outcomes are announced', async () => {
    const location = await organiser.announce({ filter: {} });
    for await (const { status, error } of organiser.follow(location, { signal }))
      if (status === 'Failed') throw new Error(`the announcement failed: ${error?.message}`);
  });
  await step(report, 'every follower has read its outcome, once, and has seen no failure', async () => {
    const ends = await Promise.all(followed.map(({ ended }) => ended));
    const wrong = ends.filter((status) => status?.result?.outcome !== 'accepted');
    if (wrong.length > 0) throw new Error(`not accepted: ${JSON.stringify(wrong)}`);
    const failures = followed.flatMap((one) => one.failures);
    if (failures.length > 0) throw new Error(failures.join('\n'));
    const postponed = followed.reduce((sum, one) => sum + one.postponed, 0);
    if (postponed > 0) report(`     (${postponed} of their requests were told to come again)`);
  });
  await step(report, 'every speaker has one letter with the answer', async () => {
    for (const { location } of submitted) {
      const count = () => countLetters(outbox, idOf(location), 'accepted');
      await until(async () => (await count()) > 0, `${location} has no letter`);
      if ((await count()) !== 1) throw new Error(`${location} has ${await count()} letters`);
    }
  });
}

async function hold(location = ''): Promise<void> {
  const etag = (await fetch(location)).headers.get('ETag') ?? '';
  const began = performance.now();
  const { status, headers } = await fetch(location, {
    headers: { 'If-None-Match': etag, Prefer: `wait=${longestWait}` },
  });
  const seconds = (performance.now() - began) / 1_000;
  if (status !== 304 || headers.get('Preference-Applied') !== 'wait' || seconds < longestWait - 1)
    throw new Error(
      `${status} after ${seconds.toFixed(1)} s, Preference-Applied: ${headers.get('Preference-Applied')}`,
    );
}

async function step(report: Options['report'], what: string, act: () => Promise<void>): Promise<void> {
  const began = performance.now();
  try {
    await act();
  } catch (cause) {
    throw new Error(`failed: ${what}`, { cause });
  }
  report(`ok   ${what} (${((performance.now() - began) / 1_000).toFixed(1)} s)`);
}

async function aTalk(number: number) {
  const talk = JSON.parse(await readFile(new URL('../../examples/talk.json', import.meta.url), 'utf8'));
  return { ...talk, speaker: { ...talk.speaker, email: `speaker-${number}@example.org` } };
}

const idOf = (location: string): string => location.split('/').at(-1) ?? '';
