import { join } from 'node:path';
import { Connection } from '@temporalio/client';
import { prepareNamespace } from '../../temporal/namespace/prepare-namespace.ts';
import { openDataFolder } from '../data-folder.ts';
import { createParts, type Part } from '../parts.ts';
import { gatewayOptions, workerEnvironment } from '../stack.ts';
import { untilPolled } from '../temporal-readiness.ts';
import { until } from '../until.ts';
import { type ClusterPorts, host } from './cluster-ports.ts';
import type { ClusterPrograms } from './cluster-programs.ts';
import { startDatabase, urlOf } from './database-server.ts';
import { serviceEnvironment } from './service-environment.ts';
import { startProxy } from './start-proxy.ts';
import { createTemporalSchema, startTemporal } from './start-temporal.ts';

export type Cluster = Awaited<ReturnType<typeof createCluster>>;

/** In the order of their start. */
export const partNames = [
  ...(['records', 'temporal-database', 'temporal'] as const),
  ...(['worker-1', 'worker-2', 'gateway-1', 'gateway-2', 'proxy'] as const),
];

export type PartName = (typeof partNames)[number];

type Options = {
  folder: string;
  ports: ClusterPorts;
  programs: ClusterPrograms;
  callFile: string;
  env: Record<string, string | undefined>;
  stopping: AbortSignal;
};

const namespace = 'call-for-speakers';

/**
 * The service as docker-compose.yml runs it, as processes of this machine, on loopback: the production build, two of each,
 * behind nginx, on Temporal's production server and PostgreSQL. Drills kill its parts, and bring them back.
 */
export async function createCluster({ folder, ports, programs, callFile, env, stopping }: Options) {
  const data = await openDataFolder(folder);
  const parts = createParts();
  const running = new Map<PartName, Part>();
  const services = await serviceEnvironment({ env, folder, data, ports, callFile, namespace });
  const built = (module: string) => new URL(`../../dist/${module}`, import.meta.url);
  const [firstPort = 0, secondPort = 0] = ports.gateways;

  const starts = {
    records: () => database('records', ports.records),
    'temporal-database': () => database('temporal-database', ports.temporalDatabase),
    temporal: () =>
      startTemporal(parts, { program: programs.temporalServer, folder, ports, logFile: data.logFile('temporal') }),
    'worker-1': () => worker('worker-1'),
    'worker-2': () => worker('worker-2'),
    'gateway-1': () => gateway('gateway-1', firstPort),
    'gateway-2': () => gateway('gateway-2', secondPort),
    proxy: () =>
      startProxy(parts, {
        program: programs.nginx,
        folder: join(folder, 'proxy'),
        logFile: data.logFile('proxy'),
        host,
        port: ports.proxy,
        gateways: ports.gateways.map((port) => `${host}:${port}`),
      }),
  } satisfies Record<PartName, () => Promise<Part>>;

  function database(name: PartName, port: number): Promise<Part> {
    const logFile = data.logFile(name);
    return startDatabase(parts, { name, programs: programs.postgres, folder: join(folder, name), port, logFile });
  }

  async function service(name: PartName, module: string, env: Options['env'], nodeOptions: string[]): Promise<Part> {
    const part = await parts.start({ name, module: built(module), nodeOptions, env, logFile: data.logFile(name) });
    await Promise.race([part.ready, part.died]);
    return part;
  }

  function worker(name: 'worker-1' | 'worker-2'): Promise<Part> {
    return service(name, 'worker.js', { ...services.worker(name), ...workerEnvironment }, []);
  }

  function gateway(name: 'gateway-1' | 'gateway-2', port: number): Promise<Part> {
    return service(name, 'api/server.js', services.gateway(name, port), gatewayOptions);
  }

  async function start(name: PartName): Promise<void> {
    stopping.throwIfAborted();
    const part = await starts[name]();
    running.set(name, part);
    parts.watch(part);
  }

  async function end(name: PartName, how: 'stop' | 'kill'): Promise<void> {
    await running.get(name)?.[how]();
    running.delete(name);
  }

  async function startAll(): Promise<void> {
    await Promise.all([start('records'), start('temporal-database')]);
    await createTemporalSchema(programs.temporalSqlTool, ports.temporalDatabase, programs.path);
    await start('temporal');
    await withTemporal((server) => until(() => prepareNamespace(server, stopping), 'the namespace could not be made'));
    await Promise.all([start('worker-1'), start('worker-2'), start('gateway-1'), start('gateway-2')]);
    await start('proxy');
    await withTemporal((server) => untilPolled(server, stopping));
  }

  async function withTemporal(ask: (server: { connection: Connection; namespace: string }) => Promise<unknown>) {
    const connection = Connection.lazy({ address: `${host}:${ports.temporal}` });
    await ask({ connection, namespace }).finally(() => connection.close());
  }

  return {
    url: `http://${host}:${ports.proxy}`,
    folder,
    ports,
    /** Path of the file with the organiser's token. */
    organiserToken: data.organiserToken,
    recordsUrl: urlOf(ports.records, 'postgres'),
    temporal: { address: `${host}:${ports.temporal}`, namespace },

    /** Rejects when a part ends that nobody has stopped or killed. */
    died: parts.died,

    /** Resolves once a submission would be processed. */
    start: () => Promise.race([startAll(), parts.died]),

    /** At once, with all that it is doing. */
    kill: (name: PartName) => end(name, 'kill'),
    /** As an orderly shutdown of its machine does. */
    stop: (name: PartName) => end(name, 'stop'),
    /** Starts a part that was killed or stopped, or stops it first. */
    async restart(name: PartName): Promise<void> {
      await end(name, 'stop');
      await start(name);
    },

    /** Stops all parts, the last one first. The data stays. */
    async close(): Promise<void> {
      await parts.stop();
      await data.release();
    },
  };
}
