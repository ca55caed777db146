import { type Call, rulesOf } from '../../contract/call/call.ts';
import { initialState } from '../../contract/initial-state.ts';
import { stages } from '../../contract/stages.ts';
import type { StageVerdict, SubmissionState } from '../../contract/state.ts';
import type { Submission } from '../../contract/submission.ts';
import { parseSubmissionId, type SubmissionId } from '../../contract/submission-id.ts';
import { openDatabase } from '../../store/database.ts';
import { rowOf } from '../../store/records/record-row.ts';
import { openStore } from '../../store/store.ts';

/** Rows per statement: SQLite allows about 32,000 parameters. */
const chunk = 1_000;

const second = 1_000;

export function idOf(index: number): SubmissionId {
  const id = parseSubmissionId((index + 1).toString(16).padStart(32, '0'));
  if (id === undefined) throw new Error(`${index} makes no id`);
  return id;
}

/** Inserts records of ended submissions in bulk. */
export async function seed(location: string, count: number, talk: Submission, call: Call): Promise<void> {
  const store = openStore(location, () => undefined);
  await store.migrate();
  await store.close();

  const db = openDatabase(location, () => undefined);
  for (let from = 0; from < count; from += chunk) {
    const rows = Array.from({ length: Math.min(chunk, count - from) }, (_, at) => aRow(from + at, talk, call));
    await db.insertInto('submissions').values(rows).execute();
    const flags = rows
      .filter((_, at) => at % 20 === 1)
      .map(({ id }) => ({ submission_id: id, other_id: rows[0]?.id ?? id }));
    await db
      .insertInto('flags')
      .values(flags.map((flag) => ({ ...flag, flag: 'similar-text' as const })))
      .execute();
  }
  await db.destroy();
}

function aRow(index: number, talk: Submission, call: Call) {
  const at = new Date(Date.UTC(2026, 0, 1) + index * second).toISOString();
  const reached = stages.slice(0, 1 + (index % stages.length));
  const isRejected = index % 5 > 0;
  const verdicts = reached.map((stage, index): StageVerdict => {
    const outcome = isRejected && index === reached.length - 1 ? 'rejected' : 'passed';
    return {
      stage,
      outcome,
      automaticScore: 3.5,
      decidedAt: at,
      number: index + 1,
      reasons: [{ code: 'bench', detail: 'Made by the benchmark.' }],
    };
  });
  const input = { id: idOf(index), createdAt: at, rules: rulesOf(call) };
  const state = {
    ...initialState(input),
    revision: 4,
    verdicts,
    course: { at: isRejected ? 'rejected' : 'accepted', stage: reached.at(-1) ?? 'moderation' },
  } satisfies SubmissionState;
  const speaker = { ...talk.speaker, email: `speaker-${index}@example.org` };
  const submission = { ...talk, title: `${talk.title} ${index}`, track: index % 3 ? 'web' : 'data', speaker };
  return {
    ...rowOf({ submission, fingerprint: 'of-no-request', state }),
    run: 'none',
  };
}
