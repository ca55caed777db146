import { join } from 'node:path';
import pLimit from 'p-limit';
import { parseSubmissionId, type SubmissionId } from '../../contract/submission-id.ts';
import { createBenchStack } from '../sides/bench-stack.ts';
import { openTalks } from './open-talks.ts';
import { createTalks } from './talks.ts';

const callers = 32;

export type WaitingStack = Awaited<ReturnType<typeof createWaitingStack>>;

/** A call whose talks are decided at once, and then wait for the organisers to announce them: each is a workflow that runs. */
export async function createWaitingStack(program: string, stopping: AbortSignal) {
  const stack = await createBenchStack(program, stopping);
  const recipients = join(stack.folder, 'recipients');
  const talkOf = createTalks(stack.talk);
  let waiting = 0;
  try {
    const temporal = await stack.startTemporal();
    const worker = await stack.startWorker({ SMTP_URL: await stack.startMailSink(recipients) });
    const withheld = { announcement: 'by-organisers', disclosure: 'until-announced' };
    const gateway = await stack.startGateway(stack.callWith('0s', withheld));
    const locations: string[] = [];

    return {
      ...stack,
      stopping,
      recipients,
      gateway,
      worker,
      processes: { gateway: [gateway.pid], worker: [worker.pid], server: [temporal.pid] },
      locations,

      /** Has so many wait, with those that wait already. */
      async fill(count: number): Promise<void> {
        const opened = await openTalks({
          ...{ url: gateway.url, talkOf, from: waiting, count: count - waiting },
          ...{ database: stack.database, awaits: 'announcement', inAll: count, stopping },
        });
        for (const { location } of opened) locations.push(location);
        await pLimit(callers).map(opened, ({ location }) => prove(location, stack.proofTokenOf));
        waiting = count;
      },
    };
  } catch (error) {
    await stack.stop();
    throw error;
  }
}

/** As whoever has read the receipt, so that the answer has all that it says. */
async function prove(location: string, proofTokenOf: (id: SubmissionId) => string): Promise<void> {
  const id = parseSubmissionId(location.split('/').at(-1) ?? '');
  if (id === undefined) throw new Error(`${location} is the URL of no submission`);
  const headers = { Authorization: `Bearer ${proofTokenOf(id)}`, 'Content-Type': 'application/json' };
  const { status } = await fetch(`${location}/proof`, { method: 'POST', headers, body: '{"answer":"mine"}' });
  if (status !== 200) throw new Error(`a proof was answered: ${status}`);
}
