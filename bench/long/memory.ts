import { fileURLToPath } from 'node:url';
import { loadCall } from '../../api/call-file.ts';
import { submissionSchemaFor } from '../../contract/submission.ts';
import { readCpu } from '../measure/cpu.ts';
import { type Finding, joined, type PartResult } from '../measure/finding.ts';
import { createBenchStack } from '../sides/bench-stack.ts';
import { seed } from '../sides/seed.ts';
import { inProcess } from './in-process.ts';
import { openTalks } from './open-talks.ts';
import { panel } from './panel.ts';
import type { Plan } from './reads.ts';
import { type Scenario, scaled } from './scenario.ts';
import { createTalks } from './talks.ts';
import { drift, watchMemory } from './watch-memory.ts';

const records = 100_000;
const reads = 1_000_000;
const open = 2_000;

/** MB. */
const mostOfWorker = 600;

/** Share of the readings: each id is read once, and caches are full. */
const warmUp = 0.2;

export const memory: Scenario = {
  name: 'memory',
  title: `What the gateway holds over ${reads} reads, and the worker with ${open} open submissions`,

  async run({ program, stopping }, scale = 1) {
    return joined(await ofGateway(stopping, scale), await ofWorker(program, stopping, scale));
  },
};

async function ofGateway(stopping: AbortSignal, scale: number): Promise<PartResult> {
  const count = scaled(records, scale);
  const examples = new URL('../../examples/', import.meta.url);
  const stack = await createBenchStack('', stopping);
  try {
    const call = await loadCall(fileURLToPath(new URL('call.yaml', examples)));
    await seed(stack.database, count, submissionSchemaFor(call).parse(JSON.parse(stack.talk)), call);
    const gateway = await stack.startGateway(stack.callWith('0s'));
    const watched = watchMemory({ gateway: gateway.pid });
    const plan: Plan = { url: gateway.url, records: count, reads: scaled(reads, scale) };
    const processes = { gateway: [gateway.pid] };
    const before = await readCpu(processes);
    await inProcess(new URL('./reads.ts', import.meta.url), plan, stopping);
    const after = await readCpu(processes);
    const series = watched.stop();
    const findings = series.map(
      (one): Finding => ({
        what: `memory of the gateway over ${plan.reads} reads of ${count} ids: change after warm-up`,
        value: drift(one, warmUp),
        unit: '%',
        goal: { at: 'most', value: 10 },
      }),
    );
    const cost: Finding = {
      what: 'CPU of the gateway for one, which it finds in the database each time',
      value: ((after.gateway ?? 0) - (before.gateway ?? 0)) / plan.reads,
      unit: 'ms',
    };
    return { findings: [...findings, cost], series };
  } finally {
    await stack.stop();
  }
}

async function ofWorker(program: string, stopping: AbortSignal, scale: number): Promise<PartResult> {
  const count = scaled(open, scale);
  const stack = await createBenchStack(program, stopping);
  try {
    await stack.startTemporal();
    const worker = await stack.startWorker();
    const { url } = await stack.startGateway(stack.callWith('0s', {}, panel));
    const watched = watchMemory({ worker: worker.pid });
    await openTalks({
      ...{ url, talkOf: createTalks(stack.talk), from: 0, count },
      ...{ database: stack.database, awaits: 'selection', inAll: count, stopping },
    });
    const series = watched.stop();
    const findings = series.map(
      ({ points }): Finding => ({
        what: `memory of the worker with ${count} open submissions, at most`,
        value: Math.max(...points.map(([, megabytes]) => megabytes)),
        unit: 'MB',
        goal: { at: 'most', value: mostOfWorker },
      }),
    );
    return { findings, series };
  } finally {
    await stack.stop();
  }
}
