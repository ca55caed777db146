import { setTimeout as delay } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import type { Logger } from 'pino';
import { deadlineIn } from '../../process/deadline.ts';
import { SetupError } from '../../process/setup-error.ts';
import { boundedClient, isInvalid, TemporalUnavailableError } from '../bounded-calls.ts';
import type { Submissions } from '../submissions.ts';
import { assertUsableNamespace } from './usable-namespace.ts';

/** Milliseconds for one check; the start waits for it. */
const checkTime = 1_500;

/** Milliseconds between two checks. */
const usualInterval = 5_000;

type Options = { client: Client; log: Pick<Logger, 'error'>; stopping: AbortSignal; interval?: number };

/**
 * Checks the namespace once, and then in the background until there is an answer.
 *
 * @throws SetupError if the namespace isn't usable
 */
export async function watchNamespace({ client, log, stopping, interval = usualInterval }: Options) {
  const { bounded } = boundedClient(client);
  const { connection } = client;
  const { namespace } = client.options;
  let trouble = await check();
  let isWatching = false;
  if (trouble instanceof SetupError) throw trouble;
  if (trouble) watch();

  return {
    guard: (submissions: Submissions): Submissions => ({
      ...submissions,
      async start(input, deadline, options) {
        if (trouble instanceof SetupError) throw new TemporalUnavailableError(trouble.message, { cause: trouble });
        try {
          return await submissions.start(input, deadline, options);
        } catch (error) {
          if (!isInvalid(error)) throw error;
          watch();
          throw new TemporalUnavailableError('Temporal refuses to start a submission', { cause: error });
        }
      },
    }),
  };

  async function check(): Promise<Error | undefined> {
    try {
      await bounded(deadlineIn(checkTime), () => assertUsableNamespace({ connection, namespace }));
      return undefined;
    } catch (error) {
      return error instanceof Error ? error : new Error(String(error));
    }
  }

  function watch(): void {
    if (isWatching) return;
    isWatching = true;
    void (async () => {
      for (let logged = ''; !stopping.aborted; ) {
        trouble = await check();
        if (trouble === undefined) break;
        if (trouble.message !== logged) log.error({ err: trouble }, 'no submission can be started');
        logged = trouble.message;
        await delay(interval, undefined, { signal: stopping, ref: false }).catch(() => undefined);
      }
      isWatching = false;
    })();
  }
}
