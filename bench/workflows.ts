import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import { submit, waitForResult } from '../client/index.ts';
import { publicStatusQuery } from '../contract/workflow/queries.ts';
import { createTemporaryStack } from '../dev/temporary-stack.ts';
import { type Comparison, compare } from './compare.ts';
import { benchHistories } from './histories.ts';
import { quantile } from './latencies.ts';
import { get } from './measure/http-client.ts';
import { rawStarter } from './raw-start.ts';
import { inTurns, print, row } from './report.ts';
import { postTalk } from './sides/post-talk.ts';

const examples = new URL('../examples/', import.meta.url);

/** Measures submits and statuses against Temporal's client alone on the same server. */
export async function benchWorkflows(program: string, stopping: AbortSignal): Promise<void> {
  const talk = await readFile(new URL('talk.json', examples), 'utf8');
  const call = await readFile(new URL('call.yaml', examples), 'utf8');
  const stack = await createTemporaryStack(program, stopping);
  try {
    await stack.startTemporal();
    const worker = await stack.startWorker();
    const slow = await stack.startGateway(automatic(call, '1h'));
    const quick = await stack.startGateway(automatic(call, '0s'));

    const submitTo = async ({ url }: { url: string }) => (await submit(url, JSON.parse(talk))).location;
    const running = await inTurns(300, () => submitTo(slow));
    const ended = await inTurns(300, () => submitTo(quick));
    await Promise.all(ended.map((location) => waitForResult(location)));
    const [one = ''] = running;

    print(`${''.padEnd(28)}    ours/s     raw/s     ratio`);
    row('status, 1 running', await compareStatus([one]));
    row('status, 300 running', await compareStatus(running));
    row('status, 300 ended', await compareStatus(ended));

    const [attended, reviewed] = [withAttendance(call), withPanel(call)];
    const urls = {
      automatic: quick.url,
      attended: (await stack.startGateway(attended)).url,
      reviewed: (await stack.startGateway(reviewed)).url,
    };
    await benchHistories(stack.client, urls, JSON.parse(talk));

    // Without a worker, only the starts are measured.
    await worker.stop();
    const post = () => postTalk(slow.url, talk);
    row(
      'submit',
      await compare({ call: post, calls: 200 }, { call: await rawStarter(stack.client, talk), calls: 200 }),
    );

    const lengths = await Promise.all(
      ended.map(async (location) => (await handleOf(location).describe()).historyLength),
    );
    const sorted = lengths.sort((one, other) => one - other);
    print(
      `history events of an accepted submission: ${quantile(sorted, 0.5)}, of the longest of 300: ${sorted.at(-1)}`,
    );
  } finally {
    await stack.stop();
  }

  function handleOf(location: string) {
    return stack.client.workflow.getHandle(`submission-${location.split('/').at(-1)}`);
  }

  function compareStatus(locations: readonly string[]): Promise<Comparison> {
    const pick = (at: number) => locations[at % locations.length] ?? '';
    return compare(
      { call: (at) => get(pick(at)), calls: 8_000 },
      { call: (at) => handleOf(pick(at)).query(publicStatusQuery), calls: 300 },
    );
  }
}

/** The example call with automatic stages only. */
function automatic(text: string, after: string): object {
  const { attendance: _, stages, ...call } = parse(text.replaceAll(/after: \w+/g, `after: ${after}`));
  const policy = { kind: 'automatic', after };
  return { ...call, stages: { ...stages, selection: { ...stages.selection, policy } } };
}

function withAttendance(text: string): object {
  return { ...automatic(text, '0s'), attendance: parse(text).attendance };
}

function withPanel(text: string): object {
  const { attendance: _, stages, ...call } = parse(text.replaceAll(/after: \w+/g, 'after: 0s'));
  const policy = { kind: 'panel', quorum: 1, deadline: '14d', whenDue: 'escalate' };
  return { ...call, stages: { ...stages, selection: { ...stages.selection, policy } } };
}
