import { join } from 'node:path';
import type { openDataFolder } from '../data-folder.ts';
import { type ClusterPorts, host } from './cluster-ports.ts';
import { urlOf } from './database-server.ts';

type Options = {
  /** Of whoever started the cluster: an SMTP_URL in it is the workers' too. */
  env: Record<string, string | undefined>;
  folder: string;
  data: Awaited<ReturnType<typeof openDataFolder>>;
  ports: ClusterPorts;
  callFile: string;
  namespace: string;
};

/** Settings of the service's processes, as in docker-compose.yml; the secrets are in files, as there. */
export async function serviceEnvironment({ env, folder, data, ports, callFile, namespace }: Options) {
  await Promise.all([data.secrets.ID_SECRET(), data.secrets.SPEAKER_TOKEN_KEYS(), data.secrets.PAYLOAD_KEYS()]);
  const access = await data.secrets.ACCESS_FILE();
  const common = {
    ...env,
    NODE_ENV: 'production',
    PUBLIC_URL: `http://${host}:${ports.proxy}`,
    ...{ ID_SECRET: '', SPEAKER_TOKEN_KEYS: '', PAYLOAD_KEYS: '' },
    SPEAKER_TOKEN_KEYS_FILE: join(folder, 'speaker-token-keys'),
    PAYLOAD_KEYS_FILE: join(folder, 'payload-keys'),
    DATABASE_URL: urlOf(ports.records, 'postgres'),
    DATA_DIR: folder,
    ...{ TEMPORAL_ADDRESS: `${host}:${ports.temporal}`, TEMPORAL_NAMESPACE: namespace, TEMPORAL_PROFILE: '' },
    OPERATIONS_HOST: host,
  };
  return {
    worker: (name: 'worker-1' | 'worker-2') => ({ ...common, OPERATIONS_PORT: String(ports.operations[name]) }),
    gateway: (name: 'gateway-1' | 'gateway-2', port: number) => ({
      ...common,
      HOST: host,
      PORT: String(port),
      ID_SECRET_FILE: join(folder, 'id-secret'),
      ACCESS_FILE: access,
      CALL_FILE: callFile,
      TRUSTED_PROXIES: host,
      OPERATIONS_PORT: String(ports.operations[name]),
    }),
  };
}
