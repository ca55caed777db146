import { Pool, type PoolConfig } from 'pg';

export function openPool(location: string, onError: (error: Error) => void, settings: PoolConfig): Pool {
  const pool = new Pool({ ...settings, connectionString: location, application_name: 'call-for-speakers' });
  // An error that nobody listens to ends the process: that of an idle connection, and that beside a query that fails.
  pool.on('error', onError);
  pool.on('connect', (client) => client.on('error', onError));
  return pool;
}
