import { expect, test } from 'vitest';
import { messagesOf } from '../../activities/messages-of.ts';
import { rulesOf } from '../../contract/call/call.ts';
import type { Release } from '../../contract/mail/releases.ts';
import { messageSettingsOf } from '../../contract/message-settings.ts';
import { aCall } from '../support/fixtures.ts';
import { aRecord, type Described } from '../support/records.ts';

const settings = messageSettingsOf({ rules: rulesOf(aCall()), receipt: { origin: 'network' } });
const at = '2026-11-01T12:00:00.000Z';
const release = (name: Release['name'], more: Partial<Release> = {}): Release => ({
  ...{ name, number: 1, at, revision: 2 },
  ...more,
});

function lettersOf(described: Described, { isOverLimit = false } = {}) {
  const messages = messagesOf(aRecord(1, { proved: undefined, ...described }), settings, [], { isOverLimit });
  return messages.map(({ release, overtaken, isReplaced }) => [release, overtaken, isReplaced]);
}

test('H38: a receipt is no use any more once the address is proved, also where it did not arrive', () => {
  expect(lettersOf({})).toEqual([['receipt', undefined, undefined]]);
  expect(lettersOf({ proved: true })).toEqual([['receipt', 'The address is proved.', true]]);
});

test('H38: nothing more goes to whoever has not submitted the talk, and all else goes to whom it concerns', () => {
  const coSpeakers = [{ number: 1, name: 'Eve', email: 'eve@example.org' }];
  const releases = [release('accepted'), release('co-speaker-told', { coSpeaker: 1 }), release('declined')];

  const letters = lettersOf({ silenced: true, coSpeakers, releases });

  const silenced = 'Whoever reads the mail to this address has not submitted the talk.';
  expect(letters).toEqual([
    ['receipt', silenced, true],
    ['accepted', silenced, true],
    ['co-speaker-told', undefined, undefined],
  ]);
});

test('a talk over the limit is told so by mail, unless it was withdrawn meanwhile', () => {
  const withdrawn = { conclusion: { kind: 'withdrawn' as const }, releases: [release('withdrawn')] };

  expect(lettersOf({}, { isOverLimit: true }).map(([name]) => name)).toEqual(['receipt', 'over-limit']);
  expect(lettersOf(withdrawn, { isOverLimit: true })).toEqual([
    ['receipt', `Overtaken by “withdrawn” (${at}).`, undefined],
    ['over-limit', `Overtaken by “withdrawn” (${at}).`, undefined],
  ]);
});
