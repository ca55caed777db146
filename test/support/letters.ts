/** What stands behind the pages that mails lead to: a talk in memory, and the talks of an address. */
import { initialState } from '../../contract/initial-state.ts';
import { publicStatus } from '../../contract/public-status.ts';
import type { SubmissionState } from '../../contract/state.ts';
import type { Submission } from '../../contract/submission.ts';
import { createSpeakerTokens } from '../../process/speaker-tokens.ts';
import type { HeldTalk } from '../../store/access/talks.ts';
import { type anApp, aPort, noCommands, noStore } from './app.ts';
import { anId, anInput, aSubmission, speakerTokenKeys } from './fixtures.ts';
import { aRecord, aState, type Described } from './records.ts';

type Change = NonNullable<Parameters<typeof anApp>[0]>;

export const speakers = createSpeakerTokens(speakerTokenKeys);

export const id = anId(1);

/** Under which an access token works for half an hour more. */
export const now = new Date('2026-11-26T12:00:00Z');

export const codes = {
  proof: speakers.ofPurpose('proof', id, 0),
  undo: speakers.ofPurpose('undo', id, 0),
  'co-speaker': speakers.ofPurpose('co-speaker', id, 1),
  speaker: speakers.of(id),
  access: speakers.ofAccess('ada@example.org', now.getTime() - 1_800_000),
  expired: speakers.ofAccess('ada@example.org', now.getTime() - 7_200_000),
};

type Invited = { answer?: 'accepted' | 'declined'; title?: string; name?: string; by?: string; state?: Described };

/** A talk with a co-speaker who was invited. */
export function withInvitation({
  answer,
  title = 'Ten years of cron jobs',
  name = 'Jun Watanabe',
  by = 'Ada Lovelace',
  state = {},
}: Invited = {}) {
  const jun = { name, email: 'jun@example.net' };
  const submission: Submission = {
    ...aSubmission({ coSpeakers: [{ ...jun, name: 'Jun' }] }),
    title,
    coSpeakers: [jun],
  };
  submission.speaker.name = by;
  const invited: SubmissionState['coSpeakers'] = [{ number: 1, ...jun, ...(answer && { answer }) }];
  const record = aRecord(1, { proved: true, coSpeakers: invited, ...state }, submission);
  const given: string[] = [];
  const commands: Change['commands'] = {
    ...noCommands,
    recordOf: async () => ({
      ...record,
      state: { ...record.state, coSpeakers: invited?.map((one) => ({ ...one, ...answered(given) })) ?? [] },
    }),
    answerAsCoSpeaker: async (_, command) => {
      given.push(command.answer);
      return { kind: 'done', value: undefined };
    },
  };
  return { commands, submissions: aPort({ source: sourceOf(publicStatus(record.state)) }), given };
}

function answered(given: readonly string[]): { answer?: 'accepted' | 'declined' } {
  const last = given.at(-1);
  return last === 'accepted' || last === 'declined' ? { answer: last } : {};
}

const sourceOf = (status: ReturnType<typeof publicStatus>) => ({
  name: 'one',
  read: async () => ({ kind: 'found' as const, status }),
});

export type Held = Partial<HeldTalk> & { state?: Described };

/** The talks of an address, the first of which has the number 1, each in its state. */
export function withTalks(talks: readonly Held[]) {
  const states = talks.map(({ state = {} }, at) => {
    const { fingerprint: _, ...input } = anInput({ id: anId(at + 1) });
    return aState(initialState(input), state);
  });
  const held = talks.map(
    ({ state: _, ...talk }, at): HeldTalk => ({
      ...{ id: anId(at + 1), title: `Talk ${at + 1}`, email: 'ada@example.org' },
      ...{ isProved: true, address: 0, generation: 0, ...talk },
    }),
  );
  const read = async (one: string) => {
    const state = states[Number.parseInt(one, 16) - 1];
    return state ? { kind: 'found' as const, status: publicStatus(state) } : { kind: 'unknown' as const };
  };
  return {
    store: { ...noStore, talks: { heldBy: async () => held } },
    submissions: aPort({ source: { name: 'talks', read } }),
  };
}

const accepted = { stage: 'selection', conclusion: { kind: 'accepted' } } as const;

/** One in each state that a speaker may read of. */
export const oneOfEach: readonly Held[] = [
  { title: 'What ninety days of waiting taught us' },
  { title: 'Queues, in sixty minutes', isProved: false },
  {
    title: 'Ten years of cron jobs',
    state: { ...accepted, attendance: { answer: 'awaited', due: '2027-03-01T11:00:00Z' } },
  },
  { title: 'Sagas', state: { ...accepted, attendance: { answer: 'confirmed' } } },
  { title: 'Retries', state: { stage: 'selection', conclusion: { kind: 'rejected' } } },
  { title: 'Clocks', state: { stage: 'shortlisting', conclusion: { kind: 'withdrawn' } } },
];
