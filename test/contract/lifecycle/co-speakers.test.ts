import { describe, expect, test } from 'vitest';
import { changed } from '../../../contract/lifecycle/change.ts';
import { answerAsCoSpeaker, withInvitations } from '../../../contract/lifecycle/co-speakers.ts';
import type { CommandRule, MeetingText } from '../../../contract/lifecycle/command.ts';
import { edit } from '../../../contract/lifecycle/edit.ts';
import { handOver } from '../../../contract/lifecycle/hand-over.ts';
import { prove } from '../../../contract/lifecycle/prove.ts';
import { withdraw } from '../../../contract/lifecycle/speaker.ts';
import { publicStatus } from '../../../contract/public-status.ts';
import { stillNamed, withAddress } from '../../../contract/record.ts';
import type { SubmissionState } from '../../../contract/state.ts';
import { aSubmission } from '../../support/fixtures.ts';
import { panelRules } from '../../support/people.ts';
import { aRecord, type Described } from '../../support/records.ts';

const now = '2026-11-02T12:00:00.000Z';
const jun = { name: 'Jun', email: 'jun@example.net' };
const kim = { name: 'Kim', email: 'kim@example.net' };
const submission = aSubmission({ coSpeakers: [jun, kim] });

function given<Command, Result>(
  state: SubmissionState,
  rule: CommandRule<Command, Result, MeetingText>,
  command: Command,
  of = submission,
): SubmissionState {
  const meeting = { state, submission: of, rules: panelRules(), now };
  rule.check(meeting, command);
  const { change } = rule.apply(meeting, command);
  return change ? changed(state, change, now) : state;
}

function aState(described: Described = {}): SubmissionState {
  const { proved: _, ...state } = aRecord(1, { stage: 'selection', ...described }).state;
  return state;
}

const invited = () => given(aState(), prove, { address: 0, answer: 'mine' });
const letters = ({ releases = [] }: SubmissionState) => releases.map(({ name, coSpeaker }) => [name, coSpeaker]);
const answer = (state: SubmissionState, number: number, answer: 'accepted' | 'declined', of = submission) =>
  given(state, answerAsCoSpeaker, { number, answer }, of);

describe('H42: co-speakers', () => {
  test('are invited by nobody before the main speaker has proved the submission', () => {
    expect(withInvitations(aState(), submission, now)).toEqual({});
    expect(letters(invited())).toEqual([
      ['co-speaker-invited', 1],
      ['co-speaker-invited', 2],
    ]);
  });

  test('are invited once, and those who are named later too', () => {
    const state = invited();
    const lee = { name: 'Lee', email: 'lee@example.net' };

    expect(withInvitations(state, submission, now)).toEqual({});
    expect(withInvitations(state, aSubmission({ coSpeakers: [kim, lee] }), now)).toMatchObject({
      coSpeakers: [{ number: 1 }, { number: 2 }, { number: 3, ...lee }],
    });
  });

  test('who are removed and named again are invited again: the answer of before counts no longer, nor its link', () => {
    const kept = given(answer(invited(), 1, 'accepted'), edit, { changed: ['coSpeakers'], removed: [jun.email] });
    const again = given(kept, edit, { changed: ['coSpeakers'], coSpeakers: [jun, kim] });

    expect(stillNamed(submission, again)).toEqual([
      { number: 2, ...kim },
      { number: 3, ...jun },
    ]);
    expect(letters(again).at(-1)).toEqual(['co-speaker-invited', 3]);
    expect(() => answer(again, 1, 'accepted')).toThrow(expect.objectContaining({ code: 'unauthorized' }));
  });

  test('are invited twenty times at the most, however often the text changes', () => {
    const coSpeakers = Array.from({ length: 19 }, (_, at) => ({
      number: at + 1,
      name: 'X',
      email: `x${at}@example.net`,
    }));
    const change = withInvitations({ ...invited(), coSpeakers }, submission, now);

    expect(change.coSpeakers?.slice(19)).toMatchObject([{ number: 20, email: jun.email }]);
  });

  test('accept, decline and change their mind, which the public does not see', () => {
    const state = invited();

    const after = answer(answer(answer(state, 1, 'declined'), 1, 'accepted'), 2, 'declined');

    expect(after.coSpeakers?.map((one) => one.answer)).toEqual(['accepted', 'declined']);
    expect(answer(after, 1, 'accepted')).toBe(after);
    expect(publicStatus(after)).toEqual(publicStatus(state));
  });

  test.each([
    ['who is not invited', () => answer(aState(), 1, 'accepted'), 'unauthorized'],
    [
      'whom the text no longer names',
      () => answer(invited(), 1, 'accepted', aSubmission({ coSpeakers: [kim] })),
      'unauthorized',
    ],
    ['of a submission that has left', () => answer(given(invited(), withdraw, {}), 1, 'accepted'), 'AlreadyConcluded'],
  ])('one %s is refused', (_, act, code) => {
    expect(act).toThrow(expect.objectContaining({ code }));
  });

  test('who have accepted are told of a withdrawal', () => {
    const withdrawn = given(answer(invited(), 2, 'accepted'), withdraw, {});

    expect(letters(withdrawn).slice(2)).toEqual([
      ['withdrawn', undefined],
      ['co-speaker-told', 2],
    ]);
  });
});

describe('H42: the main speaker hands the talk over', () => {
  const accepted = () => answer(invited(), 1, 'accepted');
  const handed = (state: SubmissionState) => {
    const meeting = { state, submission, rules: panelRules(), now };
    handOver.check(meeting, { to: jun.email });
    const { change = {}, text } = handOver.apply(meeting, { to: jun.email });
    return { state: changed(state, change, now), text };
  };

  test('to a co-speaker who has accepted: the new speaker gets a link, the former one’s tokens end', () => {
    const { state, text } = handed(accepted());

    expect(withAddress(text ?? submission, state)).toMatchObject({ speaker: jun, coSpeakers: [kim] });
    expect(text?.speaker).not.toHaveProperty('bio');
    // The one who speaks now, and was a co-speaker before.
    expect(stillNamed(submission, state)).toEqual([{ number: 2, ...kim }]);
    expect(state).toMatchObject({ edition: 2, generation: 1, proved: true });
    expect(state.releases?.slice(2).map(({ name, to }) => [name, to])).toEqual([
      ['address-changing', 0],
      ['address-replaced', 0],
      ['address-corrected', undefined],
    ]);
    expect(publicStatus(state)).toEqual(publicStatus(accepted()));
  });

  test.each([
    ['to one who has not answered', () => invited(), {}, 'not-a-co-speaker'],
    ['to one who has declined', () => answer(invited(), 1, 'declined'), {}, 'not-a-co-speaker'],
    ['with a token that has ended', accepted, { generation: 3 }, 'unauthorized'],
    ['of a submission that has left', () => given(accepted(), withdraw, {}), {}, 'AlreadyConcluded'],
  ])('%s is refused', (_, of, more, code) => {
    const meeting = { state: of(), submission, rules: panelRules(), now };

    expect(() => handOver.check(meeting, { to: jun.email, ...more })).toThrow(expect.objectContaining({ code }));
  });
});
