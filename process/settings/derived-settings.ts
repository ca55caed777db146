import { resolve } from 'node:path';

/** The URL of a PostgreSQL, or the path of a file that the processes of one machine share. */
export function databaseOf({
  DATABASE_URL,
  DATA_DIR,
}: {
  DATABASE_URL?: string | undefined;
  DATA_DIR: string;
}): string {
  return DATABASE_URL ?? resolve(DATA_DIR, 'records.db');
}

export function outboxOf({ DATA_DIR }: { DATA_DIR: string }): string {
  return resolve(DATA_DIR, 'outbox');
}

type Address = { HOST: string; PORT: number; PUBLIC_URL?: string | undefined };

export function publicUrlOf({ HOST, PORT, PUBLIC_URL }: Address): string {
  return PUBLIC_URL ?? `http://${HOST.includes(':') ? `[${HOST}]` : HOST}:${PORT}`;
}

/** `undefined`: this process listens on no port for operators. */
export function operationsOf({
  OPERATIONS_HOST: host,
  OPERATIONS_PORT: port,
}: {
  OPERATIONS_HOST: string;
  OPERATIONS_PORT?: number | undefined;
}): { host: string; port: number } | undefined {
  return port === undefined ? undefined : { host, port };
}
