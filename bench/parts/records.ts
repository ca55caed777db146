import { randomBytes } from 'node:crypto';
import { messagesOf } from '../../activities/messages-of.ts';
import { rulesOf } from '../../contract/call/call.ts';
import { messageSettingsOf } from '../../contract/message-settings.ts';
import { startPostgres } from '../../dev/programs/postgres.ts';
import { openStore } from '../../store/store.ts';
import type { Part } from '../measure/part.ts';
import { compare } from '../measure/rounds.ts';
import { aRecordToKeep, exampleCall } from '../sides/records-to-keep.ts';

const writers = [8, 4, 2, 1];

/** A submission that is judged at once has one: its record, its announcement and its letter in one transaction. */
export const records: Part = {
  name: 'records',
  title: 'Writes of records to a PostgreSQL that flushes each commit (fsync=on)',

  async run({ postgres }) {
    if (postgres === undefined) return {};
    const { call, talk } = await exampleCall();
    const settings = messageSettingsOf(rulesOf(call));
    const server = await startPostgres(postgres, { isDurable: true });
    const store = openStore(server.url, () => undefined);
    const write = async () => {
      const record = aRecordToKeep(randomBytes(16).toString('hex'), call, talk);
      await store.records.keep(record, messagesOf(record, settings, ['outbox']), { run: 'the-run', known: 0 });
    };
    // Connections that are closed when they have been idle would take their CPU time with them.
    const keepConnections = () => Promise.all(Array.from({ length: 8 }, () => store.reconciliation.lastCompleted()));
    try {
      await store.migrate();
      const sides = writers.map((callers) => ({
        ...{ name: `${callers} at once`, callers, act: write },
        processes: { 'writer and PostgreSQL': [process.pid] },
      }));
      const figures = await compare(sides, { calls: 400, settle: keepConnections });
      return {
        tables: [{ title: 'Writes of records, by so many connections', figures }],
        findings: [
          {
            what: 'record writes/s by 8 connections against 1',
            value: figures[0]?.ratio ?? 0,
            unit: '×',
            goal: { at: 'least', value: 3 },
          },
        ],
      };
    } finally {
      await store.close();
      await server.stop();
    }
  },
};
