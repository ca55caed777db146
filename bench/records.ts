import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { Client } from 'pg';
import { messagesOf } from '../activities/messages-of.ts';
import { loadCall } from '../api/call-file.ts';
import { type Call, rulesOf } from '../contract/call/call.ts';
import { initialState } from '../contract/initial-state.ts';
import { messageSettingsOf } from '../contract/message-settings.ts';
import type { SubmissionRecord } from '../contract/record.ts';
import { stages } from '../contract/stages.ts';
import { type Submission, submissionSchemaFor } from '../contract/submission.ts';
import { parseSubmissionId } from '../contract/submission-id.ts';
import { findPostgres, startPostgres } from '../dev/programs/postgres.ts';
import { openStore, type Store } from '../store/store.ts';
import { quantile } from './latencies.ts';
import { print } from './report.ts';

const writers = [1, 2, 4, 8];

/** The first one is a warm-up. */
const rounds = 6;

const writesOfARound = 400;

/** Medians. `own` and `server`: milliseconds of CPU for a write, here and in PostgreSQL. */
export type RecordWrites = { writers: number; perSecond: number; own: number; server: number };

type Round = Omit<RecordWrites, 'writers'>;

/** Writes of records and their messages to a PostgreSQL that flushes each commit, by so many connections at once. */
export async function benchRecords(path = process.env.PATH ?? ''): Promise<RecordWrites[]> {
  const programs = await findPostgres(path);
  if (programs === undefined) throw new Error('PostgreSQL is not installed');
  const aRecord = await recordsOf();
  const postgres = await startPostgres(programs, { isDurable: true });
  const program = new Client({ connectionString: postgres.url });
  await program.connect();
  const store = openStore(postgres.url, () => undefined);
  try {
    await store.migrate();
    const measured = new Map<number, Round[]>(writers.map((count) => [count, []]));
    for (let round = 0; round < rounds; round += 1)
      for (const count of round % 2 === 0 ? writers : writers.toReversed())
        if (round === 0) await write(store, program, aRecord, count);
        else measured.get(count)?.push(await write(store, program, aRecord, count));
    const medians = [...measured].map(([count, all]) => ({ writers: count, ...mediansOf(all) }));
    report(medians);
    return medians;
  } finally {
    await store.close();
    await program.end();
    await postgres.stop();
  }
}

function report(all: readonly RecordWrites[]): void {
  print('\nrecord writes on PostgreSQL, fsync=on: connections, writes/s, CPU ms for a write here and in the server');
  const [one] = all;
  for (const { writers, perSecond, own, server } of all) {
    const ratio = perSecond / (one?.perSecond ?? Number.NaN);
    const cells = [String(writers), perSecond.toFixed(0), `${ratio.toFixed(2)}×`, own.toFixed(2), server.toFixed(2)];
    print(cells.map((cell) => cell.padStart(10)).join(''));
  }
}

async function write(store: Store, program: Client, aRecord: () => Kept, count: number): Promise<Round> {
  const records = Array.from({ length: writesOfARound }, aRecord);
  const [ownBefore, serverBefore, began] = [process.cpuUsage(), await cpuOfServer(program), performance.now()];
  await Promise.all(
    Array.from({ length: count }, async () => {
      for (let next = records.pop(); next; next = records.pop())
        await store.records.keep(next.record, next.messages, { run: 'the-run', known: 0 });
    }),
  );
  const seconds = (performance.now() - began) / 1_000;
  const { user, system } = process.cpuUsage(ownBefore);
  return {
    perSecond: writesOfARound / seconds,
    own: (user + system) / 1_000 / writesOfARound,
    server: spent(serverBefore, await cpuOfServer(program)) / writesOfARound,
  };
}

/** Linux: ticks of 10 ms. */
const tick = 10;

/** Ticks of the server's processes, by their ids. */
async function cpuOfServer(program: Client): Promise<Map<number, number>> {
  const { rows } = await program.query<{ pid: number }>('select pg_backend_pid() as pid');
  const { parent } = await statOf(rows[0]?.pid ?? 0);
  const children = (await readFile(`/proc/${parent}/task/${parent}/children`, 'utf8')).trim().split(' ').map(Number);
  const all = await Promise.all([parent, ...children].map(async (pid) => [pid, (await statOf(pid)).ticks] as const));
  return new Map(all);
}

/** Milliseconds. What has ended meanwhile was idle. */
function spent(before: ReadonlyMap<number, number>, after: ReadonlyMap<number, number>): number {
  return [...after].reduce((sum, [pid, ticks]) => sum + ticks - (before.get(pid) ?? 0), 0) * tick;
}

async function statOf(pid: number): Promise<{ parent: number; ticks: number }> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  const fields = stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .map(Number);
  const [, parent = 0] = fields;
  const [user = 0, system = 0] = fields.slice(11);
  return { parent, ticks: user + system };
}

function mediansOf(all: readonly Round[]): Round {
  const median = (name: keyof Round) =>
    quantile(
      all.map((one) => one[name]).sort((one, other) => one - other),
      0.5,
    );
  return { perSecond: median('perSecond'), own: median('own'), server: median('server') };
}

export type Kept = { record: SubmissionRecord; messages: ReturnType<typeof messagesOf> };

/** What a submission that is judged at once and accepted has recorded: each by another speaker, in other words. */
export async function recordsOf(): Promise<() => Kept> {
  const examples = new URL('../examples/', import.meta.url);
  const call = await loadCall(fileURLToPath(new URL('call.yaml', examples)));
  const talk = submissionSchemaFor(call).parse(JSON.parse(await readFile(new URL('talk.json', examples), 'utf8')));
  return () => recordOf(call, talk);
}

function recordOf(call: Call, talk: Submission): Kept {
  const [name, at] = [randomBytes(16).toString('hex'), new Date().toISOString()];
  const id = parseSubmissionId(name);
  if (id === undefined) throw new Error(`${name} makes no id`);
  const inOtherWords = (text: string) => text.replace(/\p{L}+/gu, (word) => `${word}${randomBytes(2).toString('hex')}`);
  const [title, description] = [inOtherWords(talk.title), inOtherWords(talk.description)];
  const submission = { ...talk, title, description, speaker: { ...talk.speaker, email: `${name}@example.org` } };
  const rules = rulesOf(call);
  const verdicts = stages.map((stage, index) => ({
    ...{ stage, outcome: 'passed' as const, automaticScore: 3.5, decidedAt: at, number: index + 1 },
    reasons: [{ code: 'no-objection', detail: 'Length, links, language and words are in order.' }],
  }));
  const state = {
    ...initialState({ id, createdAt: at, rules }),
    ...{ revision: 7, changedAt: at, lastUpdatedAt: at, verdicts },
    course: { at: 'accepted' as const, stage: 'selection' as const },
    releases: [{ name: 'accepted' as const, number: 1, at, revision: 7 }],
  };
  const record = { submission, fingerprint: 'of-no-request', state };
  return { record, messages: messagesOf(record, messageSettingsOf(rules), ['outbox']) };
}
