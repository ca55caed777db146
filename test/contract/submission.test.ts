import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { submissionSchemaFor } from '../../contract/submission.ts';
import { aCall, aRequest } from '../support/fixtures.ts';

const schema = submissionSchemaFor(aCall({ consents: [{ id: 'code-of-conduct', version: '2', text: 'Be kind.' }] }));
const isDocumented = new Ajv2020({ strict: false }).compile(z.toJSONSchema(schema, { io: 'input' }));
const isAccepted = (value: unknown) => schema.safeParse(value).success;

const aSubmission = (change: object) => aRequest({ consents: { 'code-of-conduct': '2' }, ...change });

// What a rule may treat as something else than another one does.
const harmless = fc.constantFrom(
  ...['a', 'é', 'e\u0301', '\u0301', 'ﬁ', '\u1100\u1161', '한', '🐢', ' ', '\u00a0', '\ufeff', '\u180e', '\u200b'],
  ...['x'.repeat(100), 'e\u0301'.repeat(50), '🐢'.repeat(60), ' '.repeat(50)],
);
const awkward = fc.constantFrom(...' \t\n\v\f\r\0\u001c\u007f\u0085\u2028\u2029\u3000\ufeff', 'a', 'b');
const text = fc.oneof(
  fc.string({ unit: harmless, maxLength: 8 }),
  fc.string({ unit: awkward, maxLength: 4 }),
  fc
    .tuple(fc.string({ unit: harmless, maxLength: 8 }), awkward, fc.string({ unit: harmless }))
    .map((all) => all.join('')),
);

const mutated = (seed: string) =>
  fc
    .tuple(fc.nat(seed.length), fc.nat(2), fc.oneof(awkward, fc.constantFrom(...'@.:/?#-_%1Zxx\\"<')))
    .map(([at, cut, more]) => seed.slice(0, at) + more + seed.slice(at + cut));

const each = <Value>(...values: Value[]) => fc.constantFrom(...values);

describe('H31: JSON Schema and the server take the same, and refuse the same', () => {
  test.each<[string, fc.Arbitrary<object>]>([
    ['text', fc.record({ title: text, notes: text }, { requiredKeys: [] })],
    [
      'people',
      fc.record({
        speaker: fc.record({
          name: text,
          bio: text,
          country: text,
          email: each('ada@example.org', ' a.b+c@x-y.example ', 'a@b').chain(mutated),
        }),
      }),
    ],
    [
      'links',
      each('https://example.org', 'HTTP://a.b.example:80/x?y#z')
        .chain(mutated)
        .map((link) => ({ links: [link] })),
    ],
    [
      'languages',
      each('en', 'pt-BR', 'zh-Hant-TW', 'de-CH-1996-u-co-phonebk')
        .chain(mutated)
        .map((language) => ({ language })),
    ],
    [
      'choices',
      fc.record({ track: each('web', 'Web', 'web ', ''), format: each('talk', null), level: each('beginner', 'x') }),
    ],
    [
      'consents',
      each({}, { 'code-of-conduct': '1' }, { 'code-of-conduct': '2', more: '1' }).map((consents) => ({ consents })),
    ],
    [
      'any JSON',
      fc.dictionary(each('title', 'track', 'speaker', 'links', 'level', '__proto__', 'more'), fc.jsonValue()),
    ],
  ])('%s', (_, changes) => {
    fc.assert(
      fc.property(changes, (change) => {
        const submission = aSubmission(change);

        expect([submission, isAccepted(submission)]).toEqual([submission, isDocumented(submission)]);
      }),
      { numRuns: 2_000 },
    );
  });
});

test.each([
  'https://example.org',
  'https://müller.example/ü?q=ü#ü',
  'http://a.b.example:8080',
  ' https://example.org\n',
])('takes the link %j', (link) => {
  expect(isAccepted(aSubmission({ links: [link] }))).toBe(true);
});

test.each([
  'ftp://example.org',
  'https://localhost',
  'https://127.0.0.1/',
  'https://ada@example.org',
  'javascript:x',
  '//a.b',
])('refuses the link %j', (link) => {
  expect(isAccepted(aSubmission({ links: [link] }))).toBe(false);
});

test.each(['en', 'pt-BR', 'zh-Hant-TW', 'zh-yue', 'sl-rozaj-biske-1994', 'de-u-co-phonebk', 'en-x-twain'])(
  'takes the language %s',
  (language) => {
    expect(isAccepted(aSubmission({ language }))).toBe(true);
  },
);

test.each(['', 'e', 'english language', 'en_US', 'en-', 'en-US-', 'x'])('refuses the language %j', (language) => {
  expect(isAccepted(aSubmission({ language }))).toBe(false);
});

test('reads the longest text that nearly fits without looking back for long', () => {
  const started = performance.now();

  for (const title of [`${' a'.repeat(30_000)}\0`, `a${' '.repeat(60_000)}\0`, `${' '.repeat(60_000)}\0`])
    isAccepted(aSubmission({ title, description: title, links: [`https://${'a.'.repeat(30_000)} `] }));

  expect(performance.now() - started).toBeLessThan(2_000);
});
