import { describe, expect, test } from 'vitest';
import { email } from '../../contract/text/email.ts';
import { hostOf, normalAddress } from '../../contract/text/normal-address.ts';

describe('the normal form of an address', () => {
  test.each([
    ['r.r+cfp@googlemail.com', 'rr@gmail.com'],
    ['R.R@GMAIL.com.', 'rr@gmail.com'],
    ['r..r@gmail.com', 'rr@gmail.com'],
    ['Rita+Talks+2@Uni.Example', 'rita@uni.example'],
    ['ada@münchen.example', 'ada@xn--mnchen-3ya.example'],
    ['ADA@MÜNCHEN.example', 'ada@xn--mnchen-3ya.example'],
    ['jo\u0308rg@example.org', 'jörg@example.org'],
    ['ｒｉｔａ@ｇｍａｉｌ.com', 'rita@gmail.com'],
    ['rita+cfp@outlook.de', 'rita@outlook.de'],
    ['rita-cfp@yahoo.com', 'rita@yahoo.com'],
    ['rita@yandex.com', 'rita@yandex.ru'],
    ['rita+cfp@me.com', 'rita@icloud.com'],
    ['rita@mac.com', 'rita@icloud.com'],
    ['r.i_t-a@pm.me', 'rita@proton.me'],
    ['Rita@protonmail.com', 'rita@proton.me'],
    ['cfp@rita.fastmail.com', 'rita@fastmail.com'],
    ['cfp@rita.fastmail.co.uk', 'rita@fastmail.co.uk'],
  ])('%s is %s', (written, normal) => {
    const form = normalAddress(written);

    expect(form).toBe(normal);
    expect(normalAddress(form)).toBe(normal);
  });

  test.each([
    ['dots where they count', 'r.r@example.org', 'rr@example.org'],
    ['hyphens where they count', 'rita-lee@example.org', 'rita@example.org'],
    ['an outlook and a hotmail mailbox', 'rita@outlook.com', 'rita@hotmail.com'],
    ['a look-alike in Cyrillic', 'rita@gmаil.com', 'rita@gmail.com'],
    ['a host of a university and its domain', 'rita@cs.uni.example', 'rita@uni.example'],
    ['a mail server of the provider', 'cfp@rita.mail.fastmail.com', 'rita@fastmail.com'],
  ])('keeps apart %s', (_, one, other) => {
    expect(normalAddress(one)).not.toBe(normalAddress(other));
  });

  test.each(['+cfp@gmail.com', '...@gmail.com', '-@yahoo.com', '_@pm.me', '+@x.fastmail.com'])(
    'leaves something of the mailbox of %s',
    (written) => {
      expect(normalAddress(written)).toMatch(/^[^@]+@[^@]+$/);
    },
  );

  test.each(['"r.r"@gmail.com', 'r.r(cfp)@gmail.com', 'r.r@[127.0.0.1]', 'r.r@gmail.com.', '<r.r@gmail.com>'])(
    'is not asked for %s, which is no address to the service',
    (written) => {
      expect(email.safeParse(written).success).toBe(false);
    },
  );
});

test('the host of an address is in the form of the DNS, without the dot of the root', () => {
  expect(['a@Bücher.Example.', 'a@LOCALHOST', 'a@b@10.0.0.1'].map(hostOf)).toEqual([
    'xn--bcher-kva.example',
    'localhost',
    '10.0.0.1',
  ]);
});
