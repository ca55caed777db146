export type Embedded = { host: string; port: number; uiPort: number; namespace: string };

/** Arguments of Temporal's CLI for a development server that keeps what it is given. */
export function temporalServerArgs({ host, port, uiPort, namespace }: Embedded, database: string): string[] {
  return [
    ...['server', 'start-dev', '--log-level', 'warn', '--namespace', namespace],
    ...['--ip', host, '--port', String(port), '--ui-port', String(uiPort)],
    ...['--db-filename', database],
    // As durable as the default rollback journal, at a third of its disk flushes.
    ...['--sqlite-pragma', 'journal_mode=wal', '--sqlite-pragma', 'synchronous=2'],
    // What is deleted is overwritten.
    ...['--sqlite-pragma', 'secure_delete=1'],
    ...deletesAtOnce,
  ];
}

/** Otherwise a workflow that is to be deleted goes after the server's next look at its queues, some 30 s later. */
export const deletesAtOnce = ['--dynamic-config-value', 'history.transferProcessorEnsureCloseBeforeDelete=false'];
