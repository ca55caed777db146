import { describe, expect, test } from 'vitest';
import { conflictOf } from '../../contract/committee/conflict-of-interest.ts';
import { aSubmission } from '../support/fixtures.ts';

/** Why a person with an address keeps away from the talk of another. */
function between(person: string, speaker: string, more: { coSpeakers?: { name: string; email: string }[] } = {}) {
  const submission = { speaker: { name: 'Ada', email: speaker }, ...more };
  return conflictOf({ name: 'Rita', role: 'reviewer', emails: ['rita@elsewhere.example', person] }, submission, {});
}

describe('a conflict of interest', () => {
  test.each([
    ['r.r@gmail.com', 'r.r+cfp@googlemail.com'],
    ['R.R@GMAIL.com', 'rr@gmail.com'],
    ['rita@pm.me', 'r.ita@protonmail.com'],
    ['rita@me.com', 'rita+talks@icloud.com'],
    ['rita@fastmail.com', 'talks@rita.fastmail.com'],
    ['rita@localhost', 'Rita+x@LOCALHOST'],
  ])('bars %s from the talk of %s, their own', (person, speaker) => {
    expect(between(person, speaker)).toBe('own-talk');
  });

  test.each([
    ['rita@uni.example', 'ada@cs.uni.example'],
    ['rita@cs.uni.example', 'ada@maths.uni.example'],
    ['rita@UNI.example', 'ada@uni.example'],
    ['rita@lab.co.uk', 'ada@mail.lab.co.uk'],
    ['rita@mail.x.github.io', 'ada@x.github.io'],
    ['rita@xn--mnchen-3ya.de', 'ada@mail.xn--mnchen-3ya.de'],
    ['rita@localhost', 'ada@localhost'],
    ['rita@127.0.0.1', 'ada@127.0.0.1'],
    ['rita@github.com', 'ada@github.com'],
    ['rita@hq.acm.org.example', 'ada@acm.org.example'],
    ['rita@live.nation.example', 'ada@nation.example'],
    ['rita@live.ac.uk', 'ada@live.ac.uk'],
  ])('bars %s from the talk of %s, a colleague', (person, speaker) => {
    expect(between(person, speaker)).toBe('same-domain');
  });

  test.each([
    ['a@x.github.io', 'b@y.github.io'],
    ['a@one.co.uk', 'b@other.co.uk'],
    ['a@one.ac.uk', 'b@other.ac.uk'],
    ['a@localhost', 'b@example'],
    ['a@127.0.0.1', 'b@10.0.0.1'],
    ['a@uni.example', 'b@xuni.example'],
    ['a@uni.example', 'b@uni.example.evil.example'],
    ['a@gmail.com', 'b@googlemail.com'],
    ['a@googlemail.com', 'b@googlemail.com'],
    ['a@hotmail.com', 'b@hotmail.com'],
    ['a@posteo.de', 'b@posteo.de'],
    ['a@tuta.com', 'b@tuta.com'],
    ['a@fastmail.com', 'talks@b.fastmail.com'],
    ['a@one.gmx.de', 'b@other.gmx.de'],
    ['a@i.softbank.jp', 'b@i.softbank.jp'],
    ['a@duck.com', 'b@duck.com'],
    ['a@icloud.com', 'b@me.com'],
    ['a@hotmail.no', 'b@hotmail.no'],
    ['a@hotmail.co.uk', 'b@hotmail.co.uk'],
    ['a@yahoo.no', 'b@yahoo.no'],
    ['a@live.no', 'b@live.no'],
    ['a@outlook.fr', 'b@outlook.fr'],
    ['a@gmx.ch', 'b@gmx.ch'],
    ['a@tutanota.de', 'b@tutanota.de'],
    ['a@tutanota.com', 'b@tutanota.com'],
    ['a@ziggo.nl', 'b@ziggo.nl'],
    ['a@online.no', 'b@online.no'],
    ['a@telia.com', 'b@telia.com'],
    ['a@telenor.no', 'b@telenor.no'],
    ['a@bredband.net', 'b@bredband.net'],
    ['a@passmail.net', 'b@passmail.net'],
    ['a@users.noreply.github.com', 'b@users.noreply.github.com'],
    ['a@acm.org', 'b@acm.org'],
    ['a@ieee.org', 'b@ieee.org'],
    ['a@computer.org', 'b@computer.org'],
    ['a@gmail.com', 'a@gmаil.com'],
  ])('is none between %s and %s', (person, speaker) => {
    expect(between(person, speaker)).toBeUndefined();
  });

  test('is found with the co-speakers as well, by each address of the person', () => {
    const coSpeakers = [{ name: 'Bob', email: 'R.ita+bob@proton.me' }];

    const seen = [
      between('rita@pm.me', 'ada@example.org', { coSpeakers }),
      between('rita@uni.example', 'ada@lab.elsewhere.example', { coSpeakers }),
    ];

    expect(seen).toEqual(['own-talk', 'same-domain']);
  });

  test('is what somebody has declared, or an organiser has confirmed for them, whatever the addresses are', () => {
    const [at, submission] = ['2026-11-01T12:00:00.000Z', aSubmission()];
    const conflicts = [
      { by: 'Rita', at },
      { by: 'Rolf', at, confirmedBy: 'Olga' },
    ];

    const seen = ['Rita', 'Rolf', 'Olga'].map((name) =>
      conflictOf({ name, role: 'reviewer' }, submission, { conflicts }),
    );

    expect(seen).toEqual(['declared', 'confirmed', undefined]);
  });
});
