/** `npm run bench`: figures as ratios, measured in one run against one Temporal server. `docs/benchmarks.md` has more. */
import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import { submit, waitForResult } from '../client/index.ts';
import { environment, readProgramsConfig } from '../config.ts';
import { publicStatusQuery } from '../contract/messages.ts';
import { findProgram, temporalCli } from '../dev/programs.ts';
import { createTemporaryStack } from '../dev/temporary-stack.ts';
import { runProcess } from '../run-process.ts';
import { type Comparison, compare } from './compare.ts';
import { send } from './http-client.ts';
import { rawStarter } from './raw-start.ts';

const examples = new URL('../examples/', import.meta.url);

await runProcess('bench', async (stopping) => {
  const talk = await readFile(new URL('talk.json', examples), 'utf8');
  const call = await readFile(new URL('call.yaml', examples), 'utf8');
  const stack = await createTemporaryStack(
    await findProgram(temporalCli, readProgramsConfig(environment()), print),
    stopping,
  );
  try {
    await stack.startTemporal();
    const worker = await stack.startWorker();
    // What is polled while it runs has to go on running; what is to end has to end soon.
    const patient = await stack.startGateway(parse(call.replaceAll(/after: \w+/g, 'after: 1h')));
    const quick = await stack.startGateway(parse(call.replaceAll(/after: \w+/g, 'after: 0s')));

    const submitTo = async ({ url }: { url: string }) => (await submit(url, JSON.parse(talk))).location;
    const running = await inTurns(300, () => submitTo(patient));
    const ended = await inTurns(300, () => submitTo(quick));
    await Promise.all(ended.map((location) => waitForResult(location)));
    const [one = ''] = running;

    print('                          ours/s     raw/s     ratio');
    row('status, 1 running', await compareStatus([one]));
    row('status, 300 running', await compareStatus(running));
    row('status, 300 ended', await compareStatus(ended));

    // Without a worker, so that nothing but the starts themselves is measured.
    await worker.stop();
    const post = () => send(`${patient.url}/api/submissions`, { method: 'POST', content: talk });
    row(
      'submit',
      await compare({ call: post, calls: 200 }, { call: await rawStarter(stack.client, talk), calls: 200 }),
    );

    const events = await Promise.all(
      ended.map(async (location) => (await handleOf(location).describe()).historyLength),
    );
    print(`history events of an accepted submission: ${Math.max(...events)}`);
  } finally {
    await stack.stop();
  }
  return { stop: async () => undefined, ended: Promise.resolve() };

  function handleOf(location: string) {
    return stack.client.workflow.getHandle(`submission-${location.split('/').at(-1)}`);
  }

  function compareStatus(locations: readonly string[]): Promise<Comparison> {
    const pick = (at: number) => locations[at % locations.length] ?? '';
    return compare(
      { call: (at) => send(pick(at)), calls: 8_000 },
      { call: (at) => handleOf(pick(at)).query(publicStatusQuery), calls: 300 },
    );
  }
});

/** So many results of an action, no more than 16 of them under way. */
async function inTurns<Result>(count: number, act: () => Promise<Result>): Promise<Result[]> {
  const results: Result[] = [];
  while (results.length < count) results.push(...(await Promise.all(Array.from({ length: 16 }, act))));
  return results.slice(0, count);
}

function row(name: string, { ours, raw, ratio }: Comparison): void {
  const [a, b, c] = [ours.toFixed(0), raw.toFixed(0), `${ratio.toFixed(2)}×`].map((cell) => cell.padStart(10));
  print(`${name.padEnd(22)}${a}${b}${c}`);
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
