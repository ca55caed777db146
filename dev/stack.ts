import { Connection } from '@temporalio/client';
import type { StackConfig } from '../process/settings/stack-config.ts';
import { createParts, type Part } from './parts.ts';
import { untilPolled, untilServing } from './temporal-readiness.ts';
import { type Embedded, temporalServerArgs } from './temporal-server.ts';

type Options = {
  temporal: Pick<StackConfig['temporal'], 'connectionOptions' | 'namespace'>;
  env: Record<string, string | undefined>;
  logFile: (part: string) => string;
  stopping: AbortSignal;
};

/**
 * Options of Node for a gateway: MB for new objects. Nearly all of them are thrown away at once, but with the usual 16 MB the
 * collector finds many still in use, and copies them. A poll of 300 running submissions took 0.042 ms of CPU with 16, and
 * 0.026 with 64.
 */
export const gatewayOptions = ['--max-semi-space-size=64'];

/**
 * Environment of a worker. glibc gives each of the SDK's threads memory of its own, up to 8 for each core, and gets little of it
 * back: with 2,000 open submissions, a worker took 560 to 690 MB, and with two such arenas 530 to 560.
 */
export const workerEnvironment = { MALLOC_ARENA_MAX: '2' };

/** Temporal chooses more ports itself, and panics if one is taken before it listens. */
const startAttempts = 3;

export function createStack({ temporal, env, logFile, stopping }: Options) {
  const parts = createParts();
  const connection = Connection.lazy(temporal.connectionOptions);
  const server = { connection, namespace: temporal.namespace };

  async function start(
    name: string,
    module: string | URL,
    {
      args = [],
      nodeOptions = [],
      settings = {},
    }: { args?: string[]; nodeOptions?: string[]; settings?: Record<string, string> },
  ) {
    stopping.throwIfAborted();
    return parts.start({
      name,
      module: new URL(module, import.meta.url),
      args,
      nodeOptions,
      env: { ...env, ...settings },
      logFile: logFile(name),
    });
  }

  function watched(part: Part): Part {
    parts.watch(part);
    return part;
  }

  return {
    server,

    /** Rejects when a part ends before it is stopped. */
    died: parts.died,

    untilServing: () => untilServing(server, stopping),

    untilPolled: () => Promise.race([untilPolled(server, stopping), parts.died]),

    async startTemporal(program: string, embedded: Embedded, database: string) {
      const args = [program, ...temporalServerArgs(embedded, database)];
      for (let attempt = 1; ; attempt += 1) {
        const part = await start('temporal', './guard.mjs', { args });
        const ended = new AbortController();
        const serving = untilServing(server, AbortSignal.any([stopping, ended.signal]));
        const failure = await Promise.race([serving, part.died.catch(asError)]);
        if (failure === undefined) return watched(part);
        // The caller may close the connection next, so no call may still use it.
        ended.abort();
        await serving.catch(asError);
        if (attempt === startAttempts) throw failure;
      }
    },

    async startWorker(settings: Record<string, string>, module: string | URL = '../worker.ts') {
      const part = await start('worker', module, {
        settings: { ...workerEnvironment, OPERATIONS_PORT: '', WORKER_DEPLOYMENT: '', ...settings },
      });
      await Promise.race([part.ready, part.died]);
      return watched(part);
    },

    async startGateway(settings: Record<string, string>, module: string | URL = '../api/server.ts') {
      const part = await start('gateway', module, { settings, nodeOptions: gatewayOptions });
      await Promise.race([part.ready, part.died]);
      return watched(part);
    },

    /** Of the embedded Web UI, which has no sign-in: on loopback, it needs none either. */
    async startCodecServer({ host, uiPort, codecPort }: Required<Embedded>, settings: Record<string, string>) {
      const origins = [host, 'localhost'].map((name) => `http://${name}:${uiPort}`).join();
      const own = { NODE_ENV: '', CODEC_HOST: host, CODEC_PORT: String(codecPort), CODEC_ORIGINS: origins };
      const part = await start('codec-server', '../codec/server.ts', {
        settings: { ...settings, ...own, CODEC_ISSUER: '', CODEC_AUDIENCE: '', TEMPORAL_NAMESPACE: temporal.namespace },
      });
      await Promise.race([part.ready, part.died]);
      return watched(part);
    },

    async stop() {
      await parts.stop();
      await connection.close();
    },
  };
}

function asError(cause: unknown): Error {
  return cause instanceof Error ? cause : new Error(String(cause));
}
