import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { moderate } from '../../activities/moderate.ts';
import { loadCall } from '../../api/call-file.ts';
import { type Call, rulesOf } from '../../contract/call/call.ts';
import { initialState } from '../../contract/initial-state.ts';
import { proposalOf } from '../../contract/proposal.ts';
import type { SubmissionRecord } from '../../contract/record.ts';
import { type Submission, submissionSchemaFor } from '../../contract/submission.ts';
import { openStore } from '../../store/store.ts';
import { costlyTexts, longest } from '../costly-texts.ts';
import type { Finding } from '../measure/finding.ts';
import type { Part } from '../measure/part.ts';
import { quantile } from '../measure/quantile.ts';
import { idOf } from '../sides/seed.ts';
import { seedTexts } from '../sides/seed-texts.ts';

/** Records of similar texts. */
const similar = 10_000;

const measured = 101;

/** The CPU time that a worker spends on one more text: the checks, the search for similar ones, and the record. */
export const moderation: Part = {
  name: 'moderation',
  title: `The CPU of one more text among ${similar} similar ones`,
  run: async () => ({ findings: await findings() }),
};

async function findings(): Promise<Finding[]> {
  const examples = new URL('../../examples/', import.meta.url);
  const call = await loadCall(fileURLToPath(new URL('call.yaml', examples)));
  const talk = submissionSchemaFor(call).parse(JSON.parse(await readFile(new URL('talk.json', examples), 'utf8')));
  const findings: Finding[] = [];
  for (const [name, text] of Object.entries(costlyTexts)) {
    const folder = await mkdtemp(join(tmpdir(), `call-for-speakers-bench-${process.pid}-`));
    try {
      findings.push(...(await measure(name, text, join(folder, 'records.db'), talk, call)));
    } finally {
      await rm(folder, { recursive: true });
    }
  }
  return findings;
}

async function measure(name: string, text: string, location: string, talk: Submission, call: Call): Promise<Finding[]> {
  const recordOf = (index: number): SubmissionRecord => {
    // Only the last word differs.
    const description = `${Array.from(text)
      .slice(0, longest - 10)
      .join('')} ${index}`;
    const speaker = { ...talk.speaker, email: `speaker-${index}@example.org` };
    const state = {
      ...initialState({ id: idOf(index), createdAt: '2026-11-01T12:00:00.000Z', rules: rulesOf(call) }),
      revision: 1,
    };
    return { submission: { ...talk, description, speaker }, fingerprint: 'of-no-request', state };
  };
  const store = openStore(location, () => undefined);
  await store.migrate();
  await seedTexts(
    location,
    Array.from({ length: similar }, (_, index) => recordOf(index)),
  );

  const spent: Record<'checks' | 'search' | 'both', number[]> = { checks: [], search: [], both: [] };
  for (let index = similar; index < similar + measured; index += 1) {
    const record = recordOf(index);
    const when = { now: record.state.createdAt, timeZone: call.timeZone };
    const checks = await cpuOf(() => moderate(proposalOf(record.submission), call.stages.moderation, when));
    const search = await cpuOf(() => store.records.keep(record, [], { run: 'none', known: 0 }));
    spent.checks.push(checks);
    spent.search.push(search);
    spent.both.push(checks + search);
  }
  await store.close();
  return Object.entries(spent).map(([what, all]) => {
    const sorted = all.sort((one, other) => one - other);
    return { what: `${name}: ${what}`, value: quantile(sorted, 0.5), unit: 'ms of CPU' };
  });
}

/** Milliseconds of the process, which does nothing else. */
async function cpuOf(act: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage();
  await act();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}
