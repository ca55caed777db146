import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { loadCall } from '../../api/call-file.ts';
import { type Call, rulesOf } from '../../contract/call/call.ts';
import { initialState } from '../../contract/initial-state.ts';
import type { SubmissionRecord } from '../../contract/record.ts';
import { stages } from '../../contract/stages.ts';
import { type Submission, submissionSchemaFor } from '../../contract/submission.ts';
import { parseSubmissionId } from '../../contract/submission-id.ts';

export async function exampleCall(): Promise<{ call: Call; talk: Submission }> {
  const examples = new URL('../../examples/', import.meta.url);
  const call = await loadCall(fileURLToPath(new URL('call.yaml', examples)));
  const talk = submissionSchemaFor(call).parse(JSON.parse(await readFile(new URL('talk.json', examples), 'utf8')));
  return { call, talk };
}

/** The record of a submission that was judged at once and accepted, by a speaker of its own and in its own words. */
export function aRecordToKeep(name: string, call: Call, talk: Submission): SubmissionRecord {
  const id = parseSubmissionId(name);
  if (id === undefined) throw new Error(`${name} makes no id`);
  const at = new Date().toISOString();
  const inOtherWords = (text: string) => text.replace(/\p{L}+/gu, (word) => `${word}${randomBytes(2).toString('hex')}`);
  const verdicts = stages.map((stage, index) => ({
    ...{ stage, outcome: 'passed' as const, automaticScore: 3.5, decidedAt: at, number: index + 1 },
    reasons: [{ code: 'no-objection', detail: 'Length, links, language and words are in order.' }],
  }));
  return {
    submission: {
      ...talk,
      title: inOtherWords(talk.title),
      description: inOtherWords(talk.description),
      speaker: { ...talk.speaker, email: `${name}@example.org` },
    },
    fingerprint: 'of-no-request',
    state: {
      ...initialState({ id, createdAt: at, rules: rulesOf(call) }),
      ...{ revision: 7, changedAt: at, lastUpdatedAt: at, verdicts },
      course: { at: 'accepted', stage: 'selection' },
      releases: [{ name: 'accepted', number: 1, at, revision: 7 }],
    },
  };
}
