import { Pool, type PoolConfig } from 'pg';

export function openPool(location: string, onError: (error: Error) => void, settings: PoolConfig): Pool {
  const pool = new Pool({ ...settings, connectionString: location, application_name: 'call-for-speakers' });
  // Without listeners, an error of an idle connection, or one beside a failing query, would end the process.
  pool.on('error', onError);
  pool.on('connect', (client) => client.on('error', onError));
  return pool;
}
