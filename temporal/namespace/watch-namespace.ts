/** Whether Temporal's namespace is one that the gateway can start submissions in: looked at until it is. */
import { setTimeout as delay } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import type { Logger } from 'pino';
import { SetupError } from '../../process/setup-error.ts';
import { createBounded, isInvalid, TemporalUnavailableError } from '../bounded-calls.ts';
import type { Submissions } from '../submissions.ts';
import { assertUsableNamespace } from './usable-namespace.ts';

/** Milliseconds for a look: as long as the start may take with a Temporal that says nothing. */
const patience = 1_500;

/** Milliseconds between two looks at one that is down, or not fit: what an operator mends is taken up soon. */
const usualInterval = 5_000;

type Options = { client: Client; log: Pick<Logger, 'error'>; stopping: AbortSignal; interval?: number };

/**
 * Looks once, and goes on in the background as long as there is no answer.
 *
 * @throws SetupError where Temporal answers, and its namespace is not fit
 */
export async function watchNamespace({ client, log, stopping, interval = usualInterval }: Options) {
  const bounded = createBounded(client);
  const { connection } = client;
  const { namespace } = client.options;
  let trouble = await look();
  let isWatching = false;
  if (trouble instanceof SetupError) throw trouble;
  if (trouble) watch();

  return {
    /** The same port, for which nothing can be started while the namespace is not fit. */
    guard: (submissions: Submissions): Submissions => ({
      ...submissions,
      async start(input) {
        if (trouble instanceof SetupError) throw new TemporalUnavailableError(trouble.message, { cause: trouble });
        try {
          return await submissions.start(input);
        } catch (error) {
          if (!isInvalid(error)) throw error;
          watch();
          throw new TemporalUnavailableError('Temporal refuses to start a submission', { cause: error });
        }
      },
    }),
  };

  async function look(): Promise<Error | undefined> {
    try {
      await bounded(patience, () => assertUsableNamespace({ connection, namespace }));
      return undefined;
    } catch (error) {
      return error instanceof Error ? error : new Error(String(error));
    }
  }

  function watch(): void {
    if (isWatching) return;
    isWatching = true;
    void (async () => {
      for (let told = ''; !stopping.aborted; ) {
        trouble = await look();
        if (trouble === undefined) break;
        // Once, and not for each look of an outage.
        if (trouble.message !== told) log.error({ err: trouble }, 'no submission can be started');
        told = trouble.message;
        await delay(interval, undefined, { signal: stopping, ref: false }).catch(() => undefined);
      }
      isWatching = false;
    })();
  }
}
