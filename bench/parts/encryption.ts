import { setTimeout as delay } from 'node:timers/promises';
import { Client } from '@temporalio/client';
import type { Part } from '../measure/part.ts';
import { compare, type Side } from '../measure/rounds.ts';
import { createBenchStack } from '../sides/bench-stack.ts';
import { bySomebody } from '../sides/by-somebody.ts';
import { postTalk } from '../sides/post-talk.ts';

const calls = 100;
const running = 300;

/** Milliseconds after which no copy of a status is fresh. */
const untilStale = 1_500;

/** What is measured of one side. */
type Encryption = { submission: Side; poll: Side; historyBytes: () => Promise<number>; stop: () => Promise<unknown> };

/** A side has a Temporal of its own: its workers would take the other's tasks. */
async function start(name: string, settings: Record<string, string>, ...given: Parameters<typeof createBenchStack>) {
  const stack = await createBenchStack(...given);
  const { pid: server } = await stack.startTemporal();
  const { pid: worker } = await stack.startWorker(settings);
  const more = { ...settings, TRUSTED_PROXIES: '127.0.0.1' };
  const [atOnce, slow] = [
    await stack.startGateway(stack.callWith('0s'), more),
    await stack.startGateway(stack.callWith('1h'), more),
  ];
  const client = settings.PAYLOAD_KEYS === 'off' ? new Client(stack.server) : stack.client;
  const handleOf = (id: string) => client.workflow.getHandle(`submission-${id}`);
  const talk = JSON.parse(stack.talk);
  const ids = await Promise.all(Array.from({ length: running }, () => postTalk(slow.http, ...bySomebody(talk))));
  slow.http.close();
  const processesWith = ({ pid }: { pid: number }) => ({ gateway: [pid], worker: [worker], server: [server] });
  const submission = async (): Promise<string> => {
    const id = await postTalk(atOnce.http, ...bySomebody(talk));
    await handleOf(id).result();
    return id;
  };

  return {
    submission: {
      name,
      processes: processesWith(atOnce),
      act: submission,
    },
    poll: {
      name,
      processes: processesWith(slow),
      act: (at: number) => slow.http.get(`/api/submissions/${ids[at % running]}`),
    },
    historyBytes: async () => (await handleOf(await submission()).describe()).historySize ?? 0,
    stop: stack.stop,
  } satisfies Encryption;
}

export const encryption: Part = {
  name: 'encryption',
  title: 'What the encryption of payloads costs',

  async run({ program, stopping }) {
    const sides: Encryption[] = [];
    try {
      sides.push(await start('encrypted', {}, program, stopping));
      sides.push(await start('in clear', { PAYLOAD_KEYS: 'off' }, program, stopping));
      const submissions = await compare(
        sides.map(({ submission }) => submission),
        { calls },
      );
      const polls = await compare(
        sides.map(({ poll }) => poll),
        { calls: running, settle: () => delay(untilStale) },
      );
      const [encrypted = 0, clear = 0] = await Promise.all(sides.map(({ historyBytes }) => historyBytes()));
      return {
        tables: [
          { title: 'A submission, to the end of its workflow, mail in a file', figures: submissions },
          { title: `Statuses of ${running} running submissions, none of them fresh`, figures: polls },
        ],
        findings: [
          { what: 'CPU of a submission, encrypted against in clear', value: submissions[0]?.cpuRatio ?? 0, unit: '×' },
          { what: 'CPU of a poll, encrypted against in clear', value: polls[0]?.cpuRatio ?? 0, unit: '×' },
          { what: 'history, encrypted', value: encrypted, unit: 'bytes' },
          { what: 'history, in clear', value: clear, unit: 'bytes' },
        ],
      };
    } finally {
      for (const { stop } of sides) await stop();
    }
  },
};
