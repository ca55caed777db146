import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import { freePort } from '../../dev/ports.ts';
import { createTemporaryStack } from '../../dev/temporary-stack.ts';

const examples = new URL('../../examples/', import.meta.url);

/** The production build on a stack of its own, and the sides that it is compared with. */
export async function createBenchStack(program: string, stopping: AbortSignal, database = '') {
  const stack = await createTemporaryStack(program, stopping, database);
  const example = await readFile(new URL('call.yaml', examples), 'utf8');

  return {
    ...stack,
    talk: await readFile(new URL('talk.json', examples), 'utf8'),

    /** The call of the example, judged by the service alone. @param after time that the speaker has to withdraw */
    callWith(after: string, more: object = {}): object {
      const { attendance: _, stages, ...call } = parse(example.replaceAll(/after: \w+/g, `after: ${after}`));
      return {
        ...call,
        stages: { ...stages, selection: { ...stages.selection, policy: { kind: 'automatic', after } } },
        ...more,
      };
    },

    startWorker: (settings: Record<string, string> = {}) =>
      stack.startWorker(new URL('../../dist/worker.js', import.meta.url), settings),

    startGateway: (call: object, settings: Record<string, string> = {}) =>
      stack.startGateway(call, new URL('../../dist/api/server.js', import.meta.url), settings),

    startRawWorker: () => stack.startWorker(new URL('./raw-worker.ts', import.meta.url)),

    startBareRoute: () => stack.startGateway({}, new URL('./bare-route.ts', import.meta.url)),

    /** @returns the URL of a mail server */
    async startMailSink(): Promise<string> {
      const port = await freePort();
      await stack.startWorker(new URL('./mail-sink.ts', import.meta.url), { PORT: String(port) });
      return `smtp://127.0.0.1:${port}`;
    },
  };
}
