import { stringify } from 'yaml';
import { type ClusterPorts, host } from './cluster-ports.ts';

/** Connections of each role, as the server's own example has them. */
const connections = { default: 20, visibility: 5 };

/** The server's own file for PostgreSQL, without what nothing here uses. */
export function temporalConfig(ports: ClusterPorts, dynamicConfig: string): string {
  const roles = { frontend: ports.temporal, ...ports.temporalRoles };
  const database = (databaseName: string, most: number) => ({
    sql: {
      pluginName: 'postgres12',
      databaseName,
      connectAddr: `${host}:${ports.temporalDatabase}`,
      connectProtocol: 'tcp',
      user: 'postgres',
      // Not asked for; the server wants one.
      password: 'none',
      maxConns: most,
      maxIdleConns: most,
      maxConnLifetime: '1h',
    },
  });
  const serviceOf = (role: keyof typeof roles) => ({
    rpc: {
      grpcPort: roles[role],
      membershipPort: ports.temporalMembership[role],
      bindOnLocalHost: true,
      ...(role === 'frontend' ? { httpPort: ports.temporalHttp } : {}),
    },
  });
  return stringify({
    log: { stdout: true, level: 'warn' },
    persistence: {
      defaultStore: 'default',
      visibilityStore: 'visibility',
      // The number of docker-compose.yml.
      numHistoryShards: 128,
      datastores: {
        default: database('temporal', connections.default),
        visibility: database('temporal_visibility', connections.visibility),
      },
    },
    global: {
      membership: { maxJoinDuration: '30s', broadcastAddress: host },
      metrics: {
        prometheus: { framework: 'tally', timerType: 'histogram', listenAddress: `${host}:${ports.temporalMetrics}` },
      },
    },
    services: {
      frontend: serviceOf('frontend'),
      matching: serviceOf('matching'),
      history: serviceOf('history'),
      worker: serviceOf('worker'),
    },
    clusterMetadata: {
      enableGlobalNamespace: false,
      failoverVersionIncrement: 10,
      masterClusterName: 'active',
      currentClusterName: 'active',
      clusterInformation: {
        active: {
          enabled: true,
          initialFailoverVersion: 1,
          rpcName: 'frontend',
          rpcAddress: `${host}:${ports.temporal}`,
        },
      },
    },
    dcRedirectionPolicy: { policy: 'noop' },
    dynamicConfigClient: { filepath: dynamicConfig, pollInterval: '60s' },
  });
}
