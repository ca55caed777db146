/** A gateway that has one talk, which stands where a test says, and whose speaker has a key. */
import type { createApp } from '../../api/app.ts';
import { type Call, rulesOf } from '../../contract/call/call.ts';
import { initialState } from '../../contract/initial-state.ts';
import { publicStatus } from '../../contract/public-status.ts';
import type { Submission } from '../../contract/submission.ts';
import { createSpeakerTokens } from '../../process/speaker-tokens.ts';
import { aPort, noCommands } from './app.ts';
import { aCall, anId, anInput, aSubmission, speakerTokenKeys } from './fixtures.ts';
import { aState, type Described } from './records.ts';

export const talkId = anId(1);

const tokens = createSpeakerTokens(speakerTokenKeys);

export const keyOf = (generation = 0) => tokens.of(talkId, generation);

type Options = { call?: Call; submission?: Submission; createdAt?: string };

export function aTalkAt(described: Described = {}, options: Options = {}) {
  const { call = aCall(), submission = aSubmission(), createdAt = '2026-11-20T09:00:00.000Z' } = options;
  const { fingerprint, ...input } = anInput({ id: talkId, createdAt, submission, rules: rulesOf(call) });
  const stands = { ...initialState(input), lastUpdatedAt: '2026-11-24T15:30:00.000Z' };
  /** Whatever a command leads to is put in its place. */
  const talk = { submission, fingerprint, state: aState(stands, described) };
  const change: Partial<Parameters<typeof createApp>[0]> = {
    call,
    submissions: aPort({
      source: {
        name: 'talk',
        read: async (id) => (id === talkId ? { kind: 'found', status: publicStatus(talk.state) } : { kind: 'unknown' }),
      },
    }),
    commands: { ...noCommands, recordOf: async (id) => (id === talkId ? talk : undefined) },
  };
  return { change, talk };
}
