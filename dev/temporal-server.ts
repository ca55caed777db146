export type Embedded = { host: string; port: number; uiPort: number; codecPort?: number; namespace: string };

/** Arguments of Temporal's CLI for a development server with a data file. */
export function temporalServerArgs({ host, port, uiPort, codecPort, namespace }: Embedded, database: string): string[] {
  return [
    ...['server', 'start-dev', '--log-level', 'warn', '--namespace', namespace],
    ...['--ip', host, '--port', String(port), '--ui-port', String(uiPort)],
    // The Web UI asks it for what is encrypted.
    ...(codecPort === undefined ? [] : ['--ui-codec-endpoint', `http://${host}:${codecPort}`]),
    ...['--db-filename', database],
    // As durable as the default rollback journal, with a third of its disk flushes.
    ...['--sqlite-pragma', 'journal_mode=wal', '--sqlite-pragma', 'synchronous=2'],
    // Overwrites deleted data.
    ...['--sqlite-pragma', 'secure_delete=1'],
    ...deletesAtOnce,
  ];
}

/** Otherwise a deletion waits for the server's next check of its queues, up to some 30 s. */
export const deletesAtOnce = ['--dynamic-config-value', 'history.transferProcessorEnsureCloseBeforeDelete=false'];
