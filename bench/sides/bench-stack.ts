import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import { freePort } from '../../dev/ports.ts';
import { createTemporaryStack } from '../../dev/temporary-stack.ts';
import { type Answer, createHttpClient } from '../measure/http-client.ts';

const examples = new URL('../../examples/', import.meta.url);
const production = new URL('../../dist/', import.meta.url);

/** The production build on a stack of its own, and the sides that it is compared with. */
export async function createBenchStack(program: string, stopping: AbortSignal, database = '') {
  const stack = await createTemporaryStack(program, stopping, database);
  const example = await readFile(new URL('call.yaml', examples), 'utf8');

  async function startGateway(call: object, module: URL, settings: Record<string, string> = {}) {
    const gateway = await stack.startGateway(call, module, settings);
    return { ...gateway, http: createHttpClient(gateway.url) };
  }

  return {
    ...stack,
    talk: await readFile(new URL('talk.json', examples), 'utf8'),

    /** The call of the example, judged by the service alone. @param policy of the selection */
    callWith(after: string, more: object = {}, policy: object = { kind: 'automatic', after }): object {
      const { attendance: _, stages, ...call } = parse(example.replaceAll(/after: \w+/g, `after: ${after}`));
      return { ...call, stages: { ...stages, selection: { ...stages.selection, policy } }, ...more };
    },

    startWorker: (settings: Record<string, string> = {}) =>
      stack.startWorker(new URL('worker.js', production), settings),

    startGateway: (call: object, settings: Record<string, string> = {}) =>
      startGateway(call, new URL('api/server.js', production), settings),

    startRawWorker: () => stack.startWorker(new URL('./raw-worker.ts', import.meta.url)),

    /** @param sample an answer of ours, whose bytes it sends */
    startBareRoute({ status, head, body }: Answer) {
      const headers = head
        .split('\r\n')
        .slice(1)
        .map((line) => line.split(': '));
      const own = headers.filter(([name = '']) => !/^(date|connection|keep-alive|content-length)$/i.test(name));
      return startGateway({}, new URL('./bare-route.ts', import.meta.url), {
        BARE_STATUS: String(status),
        BARE_HEADERS: JSON.stringify(Object.fromEntries(own.map(([name, ...value]) => [name, value.join(': ')]))),
        BARE_BODY: body,
      });
    },

    /** @param recipients file for the address of each mail @returns the URL of a mail server */
    async startMailSink(recipients = ''): Promise<string> {
      const port = await freePort();
      const settings = { PORT: String(port), RECIPIENTS_FILE: recipients };
      await stack.startWorker(new URL('./mail-sink.ts', import.meta.url), settings);
      return `smtp://127.0.0.1:${port}`;
    },
  };
}
