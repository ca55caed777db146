import { SetupError } from '../../process/setup-error.ts';
import { assertFree, somePort } from '../ports.ts';

export const host = '127.0.0.1';

export type ClusterPorts = ReturnType<typeof portsFrom>;

/** All of them follow from two settings, so that they are the same at each start and a Prometheus finds its targets. */
export function portsFrom(port: number, temporalPort: number) {
  return {
    proxy: port,
    gateways: [port + 1, port + 2],
    /** For operators. */
    operations: { 'gateway-1': port + 11, 'gateway-2': port + 12, 'worker-1': port + 21, 'worker-2': port + 22 },
    records: port + 31,
    temporalDatabase: port + 32,
    temporal: temporalPort,
    temporalHttp: temporalPort + 10,
    temporalMetrics: temporalPort + 20,
    temporalRoles: { history: temporalPort + 1, matching: temporalPort + 2, worker: temporalPort + 6 },
    temporalMembership: {
      frontend: temporalPort - 300,
      history: temporalPort - 299,
      matching: temporalPort - 298,
      worker: temporalPort - 294,
    },
  };
}

/** Temporal keeps its ports in a column of two bytes. */
const highestOfTemporal = 32_767;

/** @throws SetupError with all that are in use */
export async function assertClusterPortsFree(ports: ClusterPorts): Promise<void> {
  const { proxy, gateways, operations, records, temporalDatabase, ...temporal } = ports;
  if (numbersIn(temporal).some((port) => port < 1 || port > highestOfTemporal))
    throw new SetupError(`TEMPORAL_PORT: must be between 301 and ${highestOfTemporal - 20} for the cluster`);
  const ofService = [proxy, ...gateways, ...Object.values(operations), records, temporalDatabase];
  await assertFree([
    ...ofService.map((port) => ({ setting: 'PORT', port, host })),
    ...numbersIn(temporal).map((port) => ({ setting: 'TEMPORAL_PORT', port, host })),
  ]);
}

function numbersIn(value: object): number[] {
  return Object.values(value).flatMap((one: unknown) => (typeof one === 'number' ? one : numbersIn(Object(one))));
}

const attempts = 20;

/** For one run, beside whatever else runs on this machine. */
export async function freeClusterPorts(): Promise<ClusterPorts> {
  for (let attempt = 1; ; attempt += 1) {
    const base = somePort();
    // Clear of each other: one takes 300 below its base, the other 32 above it.
    const ports = portsFrom(base, base + 500);
    try {
      await assertClusterPortsFree(ports);
      return ports;
    } catch (error) {
      if (attempt === attempts) throw error;
    }
  }
}
