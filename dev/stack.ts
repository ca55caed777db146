import { Connection } from '@temporalio/client';
import type { StackConfig } from '../config.ts';
import { createParts } from './parts.ts';
import { untilPolled, untilServing } from './temporal-readiness.ts';
import { type Embedded, temporalServerArgs } from './temporal-server.ts';

type Options = {
  temporal: Pick<StackConfig['temporal'], 'connectionOptions' | 'namespace'>;
  env: Record<string, string | undefined>;
  logFile: (part: string) => string;
  /** Ends the start of a part that is under way. */
  stopping: AbortSignal;
};

/** The processes of the service, on one machine: each is started when the one before it is ready. */
export function createStack({ temporal, env, logFile, stopping }: Options) {
  const parts = createParts();
  const connection = Connection.lazy(temporal.connectionOptions);
  const server = { connection, namespace: temporal.namespace };

  async function start(name: string, module: string | URL, args: string[] = [], more: Record<string, string> = {}) {
    stopping.throwIfAborted();
    return parts.start({
      name,
      module: new URL(module, import.meta.url),
      args,
      env: { ...env, ...more },
      logFile: logFile(name),
    });
  }

  return {
    server,

    /** Rejects when a part ends before it is told to. */
    died: parts.died,

    untilServing: () => untilServing(server, stopping),

    /** A submission is processed from then on. */
    untilPolled: () => Promise.race([untilPolled(server, stopping), parts.died]),

    async startTemporal(program: string, embedded: Embedded, database: string) {
      const part = await start('temporal', './guard.mjs', [program, ...temporalServerArgs(embedded, database)]);
      await Promise.race([untilServing(server, stopping), part.died]);
      return part;
    },

    async startWorker(module: string | URL = '../worker.ts') {
      const part = await start('worker', module);
      await Promise.race([part.ready, part.died]);
      return part;
    },

    async startGateway(settings: Record<string, string>, module: string | URL = '../api/server.ts') {
      const part = await start('gateway', module, [], settings);
      await Promise.race([part.ready, part.died]);
      return part;
    },

    async stop() {
      await parts.stop();
      await connection.close();
    },
  };
}
