import { createOrganiser } from '../../client/index.ts';
import { readCpu } from '../measure/cpu.ts';
import type { Finding, PartResult } from '../measure/finding.ts';
import { untilAwaiting } from './awaiting.ts';
import { compareMails } from './mails.ts';
import { actMeanwhile } from './meanwhile.ts';
import { openTalks } from './open-talks.ts';
import { panel } from './panel.ts';
import { type Scenario, scaled } from './scenario.ts';
import { createTalks } from './talks.ts';
import { readUntilOver, stillOpen } from './until-public.ts';
import { none, slowest } from './usual-findings.ts';
import { createWaitingStack, type WaitingStack } from './waiting-stack.ts';
import { drift, watchMemory } from './watch-memory.ts';

const talks = 10_000;

/** Of each kind; one a second. */
const actions = 600;

/** Minutes. */
const goal = 10;

/** Share of the time after which memory counts: worker and gateway take up what they have not seen for long. */
const warmUp = 0.2;

export const release: Scenario = {
  name: 'release',
  title: `The announcement of ${talks} talks at once, while others are decided and withdrawn`,

  async run({ program, stopping }, scale = 1) {
    const stack = await createWaitingStack(program, stopping);
    try {
      return await releaseOn(stack, scale);
    } finally {
      await stack.stop();
    }
  },
};

export async function releaseOn(stack: WaitingStack, scale: number): Promise<PartResult> {
  const { gateway, worker, stopping, database, processes } = stack;
  const count = scaled(talks, scale);
  await stack.fill(count);
  const others = await openOthers(stack, Math.max(30, scaled(actions, scale)));

  // What the gateway remembers of each doesn't count: it is bounded.
  await stillOpen(stack.locations);
  const memory = watchMemory({ gateway: gateway.pid, worker: worker.pid });
  const meanwhile = actMeanwhile({ url: gateway.url, organiserToken: gateway.organiserToken, ...others });
  const cpuBefore = await readCpu(processes);
  const began = performance.now();
  await createOrganiser(gateway.url, gateway.organiserToken).announce({ filter: {} });
  const isEnough = (waiting: number) => waiting === 0;
  await untilAwaiting({ database, awaits: 'announcement', isEnough, stopping });
  const missing = await readUntilOver(stack.locations, stopping);
  const minutes = (performance.now() - began) / 60_000;
  const cpuAfter = await readCpu(processes);
  const series = memory.stop();
  const { decision, withdrawal, failures, retries } = await meanwhile.stop();

  const findings: Finding[] = [
    { what: `until ${count} talks were public`, value: minutes, unit: 'min', goal: { at: 'most', value: goal } },
    none('talks that were not public', missing),
    ...Object.entries(cpuAfter).map(([name, cpu]) => ({
      what: `CPU of the ${name} for one, with its mail`,
      value: (cpu - (cpuBefore[name] ?? 0)) / count,
      unit: 'ms',
    })),
    slowest('a decision meanwhile', decision, 1_000),
    slowest('a withdrawal meanwhile', withdrawal, 1_000),
    { what: 'decisions and withdrawals that had to be sent again', value: retries, unit: '' },
    none('decisions and withdrawals that failed', failures.length),
    ...series.map(
      (one): Finding => ({
        what: `${one.name}: change after warm-up`,
        value: drift(one, warmUp),
        unit: '%',
        goal: { at: 'most', value: 10 },
      }),
    ),
    ...(await compareMails(database, stack.recipients, stopping)),
  ];
  return { findings, series };
}

/** Talks before a panel, under a call whose answers are told at once. */
async function openOthers({ stopping, startGateway, callWith, talk, database }: WaitingStack, each: number) {
  const count = 2 * each;
  const gateway = await startGateway(callWith('0s', {}, panel));
  const talkOf = createTalks(talk);
  const [url, awaits] = [gateway.url, 'selection'];
  const submitted = await openTalks({ url, talkOf, from: talks, count, database, awaits, inAll: count, stopping });
  await gateway.stop();
  return { decided: submitted.slice(0, each), withdrawn: submitted.slice(each) };
}
