import { loadCall } from '../../api/call-file.ts';
import { submit } from '../../client/index.ts';
import { submissionSchemaFor } from '../../contract/submission.ts';
import type { Processes } from '../measure/cpu.ts';
import { joined, type PartResult } from '../measure/finding.ts';
import type { Context } from '../measure/part.ts';
import { compare, type Figures } from '../measure/rounds.ts';
import { createBenchStack } from '../sides/bench-stack.ts';
import { endedRecord, seedTexts } from '../sides/seed-texts.ts';
import { type Scenario, scaled } from './scenario.ts';
import { createNearDuplicates, createTalks } from './talks.ts';
import { createWaitingStack, type WaitingStack } from './waiting-stack.ts';

const levels = [100, 1_000, 10_000];
const duplicates = 10_000;

/** Of a round; three rounds count, after one to warm up. */
const calls = 60;
const rounds = 3;

/** Most that one may cost among many, against one among few: CPU times vary by a tenth. */
const flat = 1.2;

/** Numbers of talks that nothing else has: for each measurement as many. The first one warms up. */
const ownTalks = 100_000;

export const growth: Scenario = {
  name: 'growth',
  title: 'What one more submission costs, among few and among many',

  async run(context, scale = 1) {
    const stack = await createWaitingStack(context.program, context.stopping);
    try {
      return joined(await growOpen(stack, scale), await growDuplicates(context, scale));
    } finally {
      await stack.stop();
    }
  },
};

/** Leaves as many open as the last level says. */
export async function growOpen(stack: WaitingStack, scale: number): Promise<PartResult> {
  const gateway = await stack.startGateway(stack.callWith('0s'));
  const processes = { ...stack.processes, gateway: [gateway.pid] };
  const talkOf = createTalks(stack.talk);
  const measure = (from: number) => cost(stack, gateway.url, processes, (index) => talkOf(from + index));
  const costs: { open: number; figures: Figures }[] = [];
  await measure(ownTalks);
  for (const [at, level] of levels.entries()) {
    const open = scaled(level, scale);
    await stack.fill(open);
    costs.push({ open, figures: await measure(ownTalks * (at + 2)) });
  }
  await gateway.stop();
  return ratio('open submissions', costs);
}

export async function growDuplicates({ program, stopping }: Context, scale: number): Promise<PartResult> {
  const count = scaled(duplicates, scale);
  const stack = await createBenchStack(program, stopping);
  try {
    const temporal = await stack.startTemporal();
    const worker = await stack.startWorker({ SMTP_URL: await stack.startMailSink() });
    const gateway = await stack.startGateway(stack.callWith('0s'));
    const processes = { gateway: [gateway.pid], worker: [worker.pid], server: [temporal.pid] };
    const talkOf = createNearDuplicates(stack.talk);
    const measure = (from: number) => cost(stack, gateway.url, processes, (index) => talkOf(from + index));

    await measure(ownTalks);
    const among = [{ open: 0, figures: await measure(2 * ownTalks) }];
    const call = await loadCall('examples/call.yaml');
    const schema = submissionSchemaFor(call);
    const similar = Array.from({ length: count }, (_, index) =>
      endedRecord(index, schema.parse(JSON.parse(talkOf(index))), call),
    );
    await seedTexts(stack.database, similar);
    among.push({ open: count, figures: await measure(3 * ownTalks) });
    return ratio('near-duplicates', among);
  } finally {
    await stack.stop();
  }
}

/** From the POST to the end of its workflow. */
async function cost(
  { client }: Pick<WaitingStack, 'client'>,
  url: string,
  processes: Processes,
  talkOf: (index: number) => string,
): Promise<Figures> {
  const act = async (index: number) => {
    const { location } = await submit(url, JSON.parse(talkOf(index)));
    await client.workflow.getHandle(`submission-${location.split('/').at(-1)}`).result();
  };
  const [figures] = await compare([{ name: 'ours', processes, act }], { calls, rounds });
  if (figures === undefined) throw new Error('no round was run');
  return figures;
}

function ratio(among: string, costs: readonly { open: number; figures: Figures }[]): PartResult {
  const [least, most] = [costs.at(0), costs.at(-1)];
  const figures = costs.map(({ open, figures }) => ({ ...figures, name: `among ${open} ${among}` }));
  return {
    tables: [{ title: `One more submission, from its POST to the end of its workflow, among ${among}`, figures }],
    findings: [
      {
        what: `CPU for one among ${most?.open} ${among}, against ${least?.open}`,
        value: (most?.figures.cpu ?? Number.NaN) / (least?.figures.cpu ?? Number.NaN),
        unit: '×',
        goal: { at: 'most', value: flat },
      },
    ],
    series: [{ name: `CPU for one, ms by ${among}`, points: costs.map(({ open, figures }) => [open, figures.cpu]) }],
  };
}
