import { randomBytes } from 'node:crypto';
import { messagesOf } from '../../activities/messages-of.ts';
import { rulesOf } from '../../contract/call/call.ts';
import { messageSettingsOf } from '../../contract/message-settings.ts';
import { startPostgres } from '../../dev/programs/postgres.ts';
import { openStore } from '../../store/store.ts';
import type { Part } from '../measure/part.ts';
import { compare, type Figures } from '../measure/rounds.ts';
import { aRecordToKeep, exampleCall } from '../sides/records-to-keep.ts';

const writers = [8, 4, 2, 1];

/** As of a disk of a cloud. Without siblings, PostgreSQL delays the flush of a lone commit, too. */
const slowFlush = encodeURIComponent('-c commit_delay=5000 -c commit_siblings=0');

/** A submission that is judged at once has one: its record, its announcement and its letter in one transaction. */
export const records: Part = {
  name: 'records',
  title: 'Writes of records to a PostgreSQL that flushes each commit (fsync=on)',

  async run({ postgres }) {
    if (postgres === undefined) return {};
    const { call, talk } = await exampleCall();
    const settings = messageSettingsOf({ rules: rulesOf(call) });
    const server = await startPostgres(postgres, { isDurable: true });
    const measure = async (url: string): Promise<Figures[]> => {
      const store = openStore(url, () => undefined);
      const write = async () => {
        const record = aRecordToKeep(randomBytes(16).toString('hex'), call, talk);
        await store.records.keep(record, messagesOf(record, settings, ['outbox'], { isOverLimit: false }), {
          run: 'the-run',
          known: 0,
        });
      };
      // Connections that are closed when they have been idle would take their CPU time with them.
      const keepConnections = () => Promise.all(Array.from({ length: 8 }, () => store.reconciliation.lastCompleted()));
      try {
        await store.migrate();
        const sides = writers.map((callers) => ({
          ...{ name: `${callers} at once`, callers, act: write },
          processes: { 'writer and PostgreSQL': [process.pid] },
        }));
        return await compare(sides, { calls: 400, settle: keepConnections });
      } finally {
        await store.close();
      }
    };
    const gain = (figures: readonly Figures[]) => ({ value: figures[0]?.ratio ?? 0, unit: '×' });
    try {
      const [disk, slowDisk] = [await measure(server.url), await measure(`${server.url}?options=${slowFlush}`)];
      return {
        tables: [
          { title: 'Writes of records, by so many connections', figures: disk },
          { title: 'The same, with each flush 5 ms slower', figures: slowDisk },
        ],
        findings: [
          { what: 'record writes/s by 8 connections against 1', ...gain(disk), goal: { at: 'least', value: 3 } },
          { what: 'the same, with each flush 5 ms slower', ...gain(slowDisk) },
        ],
      };
    } finally {
      await server.stop();
    }
  },
};
