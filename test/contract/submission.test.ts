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

// Characters that rules may treat differently.
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

/** Rules that JSON Schema can't express: there it is looser than the server, and never stricter. */
const beyondSchema =
  /^must (?:have (?:at least \d+ visible characters?|at most \d+ characters|a domain that)|not have (?:invisible|"=\?")|be well-formed Unicode)|^is the address of/;

function isUnsaid(value: unknown): boolean {
  const { error } = schema.safeParse(value);
  return error?.issues.every(({ message }) => beyondSchema.test(message)) ?? false;
}

describe("H31: JSON Schema refuses nothing that the server accepts, and accepts more only where it can't express a rule", () => {
  test.each<[string, fc.Arbitrary<object>]>([
    ['text', fc.record({ title: text, notes: text }, { requiredKeys: [] })],
    [
      'people',
      fc.record({
        speaker: fc.record({
          name: text,
          bio: text,
          country: text,
          email: each('ada@example.org', ' a.b+c@x-y.example ', 'a@b', 'jörg@münchen.example').chain(mutated),
        }),
        coSpeakers: fc.array(fc.record({ name: each('Eve'), email: each('ada@example.org', 'a@b', 'a@B') })),
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

        const isTaken = isAccepted(submission);
        const mayBeTaken = isDocumented(submission);
        expect([submission, isTaken || (mayBeTaken && isUnsaid(submission))]).toEqual([submission, mayBeTaken]);
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
])('accepts the link %j', (link) => {
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

test('checks the longest text that nearly fits in linear time', () => {
  const started = performance.now();

  for (const title of [`${' a'.repeat(30_000)}\0`, `a${' '.repeat(60_000)}\0`, `${' '.repeat(60_000)}\0`])
    isAccepted(aSubmission({ title, description: title, links: [`https://${'a.'.repeat(30_000)} `] }));

  expect(performance.now() - started).toBeLessThan(2_000);
});

const errorsOf = (change: object) =>
  schema.safeParse(aSubmission(change)).error?.issues.map(({ path, message }) => `/${path.join('/')} ${message}`) ?? [];

describe('texts', () => {
  test.each([
    ['編程', 'ten visible characters, and more'],
    ['Go', '我們用十個字寫一段話'],
    ['X', 'わたしたちはプログラミングを教えている'],
    ['🏳️‍🌈', '🐢'.repeat(10)],
    ['नमस्ते', 'یک متن فارسی با نیم‌فاصله'],
    ['x'.repeat(200), 'x'.repeat(5_000)],
    [`${'x'.repeat(199)}\r\n`, `${'x'.repeat(99)}\r\n`.repeat(50)],
    ['🐢'.repeat(200), '🐢'.repeat(5_000)],
  ])('are accepted unchanged: %j', (title, description) => {
    expect(errorsOf({ title, description })).toEqual([]);
    expect(isDocumented(aSubmission({ title, description }))).toBe(true);
  });

  test('keep their line ends, each of which counts once', () => {
    const description = `${'x'.repeat(99)}\r\n`.repeat(49) + 'x'.repeat(100);

    const kept = schema.parse(aSubmission({ description }));
    const onlyLineFeeds = schema.parse(aSubmission({ description: description.replaceAll('\r\n', '\n') }));

    expect(kept.description).toBe(description);
    expect(onlyLineFeeds.description).toHaveLength(5_000);
    expect(errorsOf({ description: `${description}x` })).toEqual(['/description must have at most 5000 characters']);
  });

  test.each([
    '\u200b',
    '\u2060\u200d',
    '\u3164',
    '\u115f',
    '\u00ad',
    '\ufe0f',
    '\u0301',
    '\u2800',
    '\u{e0041}',
    '\ue000',
  ])('that show nothing are refused: %j', (text) => {
    const speaker = { name: text, email: 'ada@example.org', bio: text, country: text };
    const coSpeakers = [{ name: text, email: 'eve@example.org' }];

    const errors = errorsOf({ title: text, description: text.repeat(30), notes: text, speaker, coSpeakers });

    const nothing = 'must have at least 1 visible character';
    expect(errors).toEqual([
      `/title ${nothing}`,
      '/description must have at least 10 visible characters',
      ...['/speaker/name', '/speaker/bio', '/speaker/country', '/coSpeakers/0/name', '/notes'].map(
        (place) => `${place} ${nothing}`,
      ),
    ]);
  });

  test('of nine visible characters are no description, however many others are beside them', () => {
    const padded = 'a\u200b\u0301 '.repeat(9);

    expect(errorsOf({ description: padded })).toEqual(['/description must have at least 10 visible characters']);
    expect(errorsOf({ description: `${padded}b` })).toEqual([]);
  });

  test.each(['\u202e', '\u202a', '\u2066', '\u2069', '\u0007', '\u009b', '\u2028'])(
    'in a line nothing turns or breaks what stands beside it: %j',
    (control) => {
      const text = `a${control}b`;
      const detail = 'must be a single line without control characters or marks of direction';

      expect(errorsOf({ title: text, speaker: { name: text, email: 'ada@example.org' } })).toEqual([
        `/title ${detail}`,
        `/speaker/name ${detail}`,
      ]);
    },
  );

  test.each(['שלום\u200f!', 'x\u200ey'])('marks of a direction are fine: %j', (title) => {
    expect(errorsOf({ title })).toEqual([]);
  });
});

describe('addresses', () => {
  const of = (email: string) => ({ speaker: { name: 'Ada', email } });

  test.each([
    'jörg@example.org',
    'ada@münchen.example',
    'ada@xn--mnchen-3ya.example',
    'пример@почта.рф',
    '用户@例子.公司',
    "o'hara+cfp@x-y.example",
    'a@b',
    `${'a'.repeat(64)}@${'b'.repeat(63)}.${'c'.repeat(63)}.${'d'.repeat(57)}.ab`,
  ])('are accepted unchanged: %s', (email) => {
    expect(errorsOf(of(email))).toEqual([]);
    expect(isDocumented(aSubmission(of(email)))).toBe(true);
    expect(schema.parse(aSubmission(of(email))).speaker.email).toBe(email);
  });

  test('are trimmed', () => {
    expect(schema.parse(aSubmission(of(' jörg@münchen.example\n'))).speaker.email).toBe('jörg@münchen.example');
  });

  test.each([
    'nobody',
    'a@b@c',
    'a b@c.de',
    'ada@exa mple.org',
    'ada@-a.example',
    'ada@a-.example',
    'ada@a..example',
    '"a"@example.org',
    'Ada <ada@example.org>',
    'ada,eve@example.org',
    'ada@[127.0.0.1]',
    'ada@example.org\r\nBcc: eve@example.org',
    'a\u0000b@example.org',
    'ada\u200b@example.org',
    'ada\u202e@example.org',
    'ada@exam\u00adple.org',
    `ada@${'ü'.repeat(63)}.example`,
    `${'ü'.repeat(130)}@example.org`,
    `ada@${'ü'.repeat(30)}.${'ü'.repeat(30)}.${'ü'.repeat(30)}.${'ü'.repeat(30)}.${'ü'.repeat(30)}.${'ü'.repeat(30)}.${'ü'.repeat(30)}`,
    'ada@xn--a-ü.example',
    'ada@。example',
    'ada@%41.example',
    '\ud800@example.org',
    '=?utf-8?q?=65=76=65?=@example.org',
  ])('are refused: %j', (email) => {
    expect(errorsOf(of(email))).toEqual([expect.stringMatching(/^\/speaker\/email must /)]);
  });

  test('of the speaker, or of another co-speaker, are refused among the co-speakers, with all else that is wrong', () => {
    const coSpeakers = ['Ada@Example.org ', 'eve@münchen.example', 'EVE@xn--mnchen-3ya.example', 'nobody'].map(
      (email) => ({ name: 'Eve', email }),
    );

    const errors = errorsOf({ title: 7, speaker: { name: 'Ada', email: 'ada@example.org' }, coSpeakers });

    expect(errors.sort()).toEqual([
      '/coSpeakers/0/email is the address of the speaker, who needs no entry here',
      '/coSpeakers/2/email is the address of another entry',
      '/coSpeakers/3/email must be an e-mail address, like ada@example.org',
      expect.stringMatching(/^\/title /),
    ]);
  });

  test('of two co-speakers, and of one with the name of the speaker, are accepted', () => {
    const coSpeakers = [
      { name: 'Ada', email: 'ada@example.net' },
      { name: 'Ada', email: 'ada+eve@example.org' },
    ];

    expect(errorsOf({ speaker: { name: 'Ada', email: 'ada@example.org' }, coSpeakers })).toEqual([]);
  });
});
