import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { inert, shortened } from '../../contract/text/inert.ts';

describe('H38: what a stranger has written is no link in a mail', () => {
  test.each([
    ['URGENT: verify at evil.example', 'URGENT: verify at evil[.]example'],
    ['https://evil.example/a', 'https[:]//evil[.]example/a'],
    ['javascript:alert(1)', 'javascript[:]alert(1)'],
    ['mail ada@evil.example now', 'mail ada[at]evil[.]example now'],
    ['www.evil.dev', 'www[.]evil[.]dev'],
    ['See evil.com.', 'See evil[.]com[.]'],
    ['evil。com', 'evil[.]com'],
    ['http://192.0.2.1/', 'http[:]//192[.]0[.]2[.]1/'],
    ['bücher.de', 'bücher[.]de'],
  ])('%s', (text, safe) => {
    expect(inert(text)).toBe(safe);
  });

  test.each(['Node.js 2.0 at 10.30: what is new', 'Ten years of cron jobs…', 'C++/C# & friends', 'سنوات من الانتظار'])(
    '%s stays as it is',
    (text) => {
      expect(inert(text)).toBe(text);
    },
  );

  test('no link is left in any text', () => {
    const part = fc.constantFrom('evil', '.', 'com', '@', ':', '//', 'https', ' ', 'example', '。', 'ä', '-', '1');
    fc.assert(
      fc.property(fc.array(part, { maxLength: 12 }), (parts) => {
        expect(inert(parts.join(''))).not.toMatch(/\S@\S|\w:\/\/|[\wä]\.(?:com|example)(?![a-z0-9])/);
      }),
      { numRuns: 20_000 },
    );
  });
});

test.each([
  ['Short', 'Short'],
  ['x'.repeat(40), 'x'.repeat(40)],
  ['x'.repeat(41), `${'x'.repeat(39)}…`],
  ['👩‍👩‍👧‍👦'.repeat(41), `${'👩‍👩‍👧‍👦'.repeat(39)}…`],
])('H38: a title has 40 characters at most in a subject: %s', (title, short) => {
  expect(shortened(title)).toBe(short);
});
