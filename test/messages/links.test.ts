import { expect, test } from 'vitest';
import { createLinks } from '../../messages/links.ts';
import { createSpeakerTokens } from '../../process/speaker-tokens.ts';
import { anId, speakerTokenKeys } from '../support/fixtures.ts';

const tokens = createSpeakerTokens(speakerTokenKeys);
const [id, other] = [anId(1), anId(2)];

test('H12: a token stands behind the #, on a page of its purpose', () => {
  const { linkOf } = createLinks('https://cfs.example.org', tokens);
  const page = `https://cfs.example.org/submissions/${id}`;

  expect(linkOf(id, { generation: 2 })).toBe(`${page}#${tokens.of(id, 2)}`);
  expect(linkOf(id, { purpose: 'proof', number: 1 })).toBe(`${page}/proof#${tokens.ofPurpose('proof', id, 1)}`);
  expect(linkOf(id, { purpose: 'undo', number: 0 })).toBe(`${page}/undo#${tokens.ofPurpose('undo', id, 0)}`);
  expect(linkOf(id, { purpose: 'co-speaker', number: 3 })).toMatch(new RegExp(`^${page}/co-speaker#1\\.c3\\.`));
});

test('H40: a token is for its purpose, its number and its submission alone', () => {
  const token = tokens.ofPurpose('proof', id, 1);

  expect(tokens.numberIn('proof', id, token)).toBe(1);
  expect([
    tokens.numberIn('undo', id, token),
    tokens.numberIn('proof', other, token),
    tokens.numberIn('proof', id, token.replace('.p1.', '.p2.')),
    tokens.numberIn('proof', id, token.replace('.p1.', '.p01.')),
    tokens.numberIn('proof', id, tokens.of(id)),
    tokens.generationIn(id, token),
    tokens.accessIn(token, 0),
  ]).toEqual(Array.from({ length: 7 }, () => undefined));
});

test('H39: a link to all talks of an address works for an hour', () => {
  const token = tokens.ofAccess('Ada@example.net', 1_000);

  expect(tokens.accessIn(token, 3_600_999)).toEqual({ email: 'Ada@example.net', until: 3_601_000 });
  expect(tokens.accessIn(token, 3_601_000)).toBeUndefined();
  expect(tokens.accessUntil(token)).toBe(3_601_000);
  expect(tokens.accessUntil(`${token}x`)).toBeUndefined();
  expect(tokens.accessIn(`${token}x`, 1_000)).toBeUndefined();
  expect(tokens.accessIn('1.a.e30.x', 1_000)).toBeUndefined();
});
