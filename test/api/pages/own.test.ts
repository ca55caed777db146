import { describe, expect, test } from 'vitest';
import { publicStatus } from '../../../contract/public-status.ts';
import { TemporalUnavailableError } from '../../../temporal/bounded-calls.ts';
import { anApp, aPort, noCommands } from '../../support/app.ts';
import { aCall, anId, aSubmission, publicUrl } from '../../support/fixtures.ts';
import { sendForm } from '../../support/forms.ts';
import { inText } from '../../support/in-text.ts';
import { aTalkAt, keyOf, talkId } from '../../support/own-talk.ts';
import { aState, type Described } from '../../support/records.ts';

type Change = Parameters<typeof anApp>[0];

const page = `/submissions/${talkId}`;
const now = () => new Date('2027-01-15T12:00:00Z');
const call = aCall({ attendance: { deadline: '7d', cancelUntil: '2027-05-01T00:00:00Z' } });

const submission = aSubmission({
  speaker: { name: 'Ada Lovelace', email: 'ada@example.org', bio: 'Writes programs.' },
  coSpeakers: [
    { name: 'Jun Watanabe', email: 'jun@example.net' },
    { name: 'Bo Ek', email: 'bo@example.net' },
  ],
  links: ['https://example.org/slides'],
  notes: 'Only for you.',
});

const awaited: Described = {
  stage: 'selection',
  conclusion: { kind: 'accepted' },
  attendance: { answer: 'awaited', due: '2027-03-01T11:00:00.000Z' },
};
const confirmed: Described = { ...awaited, attendance: { answer: 'confirmed' } };

function anAppAt(described: Described = {}, change: Change = {}) {
  const { change: ofTalk, talk } = aTalkAt(described, { call, submission });
  return { app: anApp({ now, ...ofTalk, ...change }).plain, talk };
}

type App = ReturnType<typeof anAppAt>['app'];

/** The parts of the page have digests of what is in them. */
const withoutId = (text: string, id: string) => text.replaceAll(id, 'ID').replace(/ data-part="[^"]*"/g, '');

const bearer = (token: string) => ({ Accept: 'text/html', Authorization: `Bearer ${token}` });
const cookie = (token: string) => ({ Accept: 'text/html', Cookie: `speaker=${token}` });

const read = async (app: App, path: string = page, headers: Record<string, string> = bearer(keyOf())) =>
  (await app.request(path, { headers })).text();

describe('the talk, for who has its key', () => {
  test.each([
    ['the token, as the API takes it', bearer],
    ['the cookie', cookie],
  ])('H12: is shown to %s, and stored nowhere', async (_, headersWith) => {
    const { app } = anAppAt({
      coSpeakers: [{ number: 1, name: 'Jun Watanabe', email: 'jun@example.net', answer: 'accepted' }],
    });

    const answer = await app.request(page, { headers: headersWith(keyOf()) });
    const text = inText(await answer.text());

    expect(answer.headers.get('Cache-Control')).toBe('no-store');
    for (const words of [
      'A talk about waiting',
      'ada@example.org',
      'Writes programs.',
      'Only for you.',
      'As you submitted it',
    ])
      expect(text).toContain(words);
    expect(text).toContain('Jun Watanabe ( jun@example.net ): has accepted');
    expect(text).toContain('Bo Ek ( bo@example.net ): not invited yet');
    expect(text).toContain(`${publicUrl}${page}#${keyOf()}`);
    expect(text).not.toContain('Only the speaker sees');
  });

  test.each([
    ['a wrong token', bearer('1.wrong')],
    ['the token of another talk', cookie(keyOf().replace(/.$/, 'x'))],
    ['a token that was ended', bearer(keyOf())],
    ['a later token than there is', bearer(keyOf(5))],
  ])('H40: %s opens nothing, and the page says so', async (_, headers) => {
    const { app } = anAppAt({ generation: 1 });

    const text = await read(app, page, headers);

    expect(text).toContain('This link does not open the talk');
    expect(text).toContain('Only the speaker sees the talk itself.');
    expect(text).not.toMatch(/A talk about waiting|ada@example/);
  });

  test('asks to confirm the address, as long as it is not', async () => {
    const asked = await read(anAppAt({ proved: undefined }).app);
    const notAsked = await read(anAppAt().app);

    expect(asked).toContain('Your address is not confirmed yet');
    expect(notAsked).not.toContain('Your address is not confirmed yet');
  });

  test('says which address counts while a new one is not confirmed', async () => {
    const { app } = anAppAt({
      addresses: ['ada@example.org', 'ada@example.com'],
      address: 0,
      pendingAddress: { number: 1 },
    });

    expect(inText(await read(app))).toContain('Until you confirm it, the old one counts: ada@example.org');
  });

  test('asks for the answer above the line, with its date, and one button that acts at once', async () => {
    const text = await read(anAppAt(awaited).app);
    const held = await read(
      anAppAt({ ...awaited, attendance: { answer: 'awaited', due: '2027-03-01T11:00:00.000Z', isHeld: true } }).app,
    );

    expect(inText(text)).toContain("Please answer by 1 March 2027, 11:00 UTC . Yes, I will come I can't come");
    expect(text.indexOf('Please answer by')).toBeLessThan(text.indexOf('class="stages"'));
    expect(inText(held)).toContain('Please answer here.');
    expect(held).not.toContain('1 March 2027');
  });

  test('offers what can be done where it stands, and nothing else', async () => {
    const offered = async (described: Described, at = '2027-01-15T12:00:00Z') =>
      [
        ...(await read(anAppAt(described, { now: () => new Date(at) }).app)).matchAll(
          /(?:action|data-own="true" href)="[^"]*\/([\w-]+)"/g,
        ),
      ].map(([, name]) => name);

    expect(await offered({})).toEqual(['edit', 'withdraw', 'end-links', 'reminders-off']);
    expect(await offered({ noReminders: true })).toEqual(['edit', 'withdraw', 'end-links', 'reminders-on']);
    expect(await offered(awaited)).toEqual(['confirm', 'decline', 'edit', 'end-links', 'reminders-off']);
    expect(await offered(confirmed)).toEqual(['edit', 'cancel', 'end-links']);
    // The address can still be changed.
    expect(await offered(confirmed, '2027-05-01T00:00:00Z')).toEqual(['edit', 'end-links']);
    expect(await offered({ conclusion: { kind: 'withdrawn' } })).toEqual(['end-links']);
  });

  test('what somebody else wrote is text, folded where it is long', async () => {
    const { change } = aTalkAt(
      {},
      {
        call,
        submission: aSubmission({
          title: '<script>alert(1)</script>',
          description: 'x'.repeat(5_000),
          notes: Array.from({ length: 100 }, (_, at) => `line ${at}`).join('\n'),
        }),
      },
    );

    const text = await read(anApp({ now, ...change }).plain);

    expect(text).not.toContain('<script>');
    expect(text).toContain('&lt;script&gt;alert(1)');
    expect(text.match(/<details>/g)).toHaveLength(2);
    expect(text).toContain(`>${'x'.repeat(1_000)}</div>`);
  });

  test('says that it can not be read now, beside a status that can', async () => {
    const { app } = anAppAt(
      {},
      {
        commands: { ...noCommands, recordOf: async () => Promise.reject(new TemporalUnavailableError('no worker')) },
      },
    );

    const text = inText(await read(app));

    expect(text).toContain("We can't show your talk right now");
  });

  test('H31: has no answer of another origin', async () => {
    const { headers } = await anAppAt().app.request(page, {
      headers: { ...bearer(keyOf()), Origin: 'https://evil.example' },
    });

    expect(headers.get('Access-Control-Allow-Origin')).toBeNull();
  });
});

describe('POST /submissions/{id}/key', () => {
  const cookieOf = (answer: Response) => answer.headers.get('Set-Cookie');

  test.each([
    ['the code', keyOf()],
    ['the whole link', `${publicUrl}${page}#${keyOf()}`],
    ['the code with white space around it', `  ${keyOf()}\r\n`],
  ])('H12: exchanges %s for a cookie of an hour', async (_, code) => {
    const answer = await sendForm(anAppAt().app, `${page}/key`, { code });

    expect(answer.status).toBe(303);
    expect(answer.headers.get('Location')).toBe(`${publicUrl}${page}`);
    expect(cookieOf(answer)).toBe(`speaker=${keyOf()}; Max-Age=3600; Path=${page}; HttpOnly; Secure; SameSite=Strict`);
  });

  test('H43: a wrong code is an error beside the field, the same whether or not there is a talk', async () => {
    const { app } = anAppAt();
    const seen = await Promise.all(
      [talkId, anId(9)].map(async (id) => {
        const answer = await sendForm(app, `/submissions/${id}/key`, { code: 'x.y' });
        return [answer.status, cookieOf(answer), withoutId(await answer.text(), id)];
      }),
    );

    expect(seen[0]).toEqual([422, null, expect.stringContaining('This code does not open the talk.')]);
    expect(seen[0]?.[2]).toContain('<title>Error: This page is for the speaker');
    expect(seen[1]).toEqual(seen[0]);
  });

  test.each(['key', 'confirm', 'withdraw', 'end-links', 'reminders-off'])(
    'a form from another site does nothing: %s',
    async (path) => {
      const { app } = anAppAt(awaited);

      const answer = await sendForm(
        app,
        `${page}/${path}`,
        { code: keyOf() },
        { ...cookie(keyOf()), Origin: 'https://evil.example' },
      );

      expect(answer.status).toBe(403);
      expect(cookieOf(answer)).toBeNull();
    },
  );
});

describe('a step that can not be taken back', () => {
  test.each<[string, Described, string, string]>([
    ['withdraw', {}, 'Withdraw this talk?', 'You can propose it again until 31 December 2099'],
    ['decline', awaited, 'Decline your place?', 'It can go to the next talk at once.'],
    ['cancel', confirmed, 'Cancel your talk?', 'It leaves the programme'],
    ['end-links', {}, 'End your old links?', 'Links in older emails stop working'],
  ])('H24: /%s says what follows, and does nothing yet', async (step, described, title, words) => {
    const { app } = anAppAt(described);

    const text = await read(app, `${page}/${step}`);

    expect(text).toContain(`<h1 tabindex="-1">${title}</h1>`);
    expect(inText(text)).toContain(words);
    expect(text).toContain('A talk about waiting');
  });

  test('to withdraw: says which co-speakers are told', async () => {
    const { app } = anAppAt({
      coSpeakers: [
        { number: 1, name: 'Jun Watanabe', email: 'jun@example.net', answer: 'accepted' },
        { number: 2, name: 'Bo Ek', email: 'bo@example.net' },
      ],
    });

    expect(inText(await read(app, `${page}/withdraw`))).toContain('Jun Watanabe is told too.');
  });

  test.each(['withdraw', 'decline', 'cancel', 'confirm'])(
    '/%s leads back where there is no such step',
    async (step) => {
      const { app } = anAppAt({ conclusion: { kind: 'withdrawn' } });

      const answer = await app.request(`${page}/${step}`, { headers: bearer(keyOf()) });

      expect([answer.status, answer.headers.get('Location')]).toEqual([303, `${publicUrl}${page}`]);
    },
  );

  test('H30: without a key it is the same page, whether or not there is a talk', async () => {
    const { app } = anAppAt();
    const seen = await Promise.all(
      [talkId, anId(9)].map(async (id) => {
        const answer = await app.request(`/submissions/${id}/withdraw`, { headers: { Accept: 'text/html' } });
        return [answer.status, answer.headers.get('WWW-Authenticate'), withoutId(await answer.text(), id)];
      }),
    );

    expect(seen[0]).toEqual([
      401,
      'Bearer realm="call-for-speakers"',
      expect.stringContaining('This page is for the speaker'),
    ]);
    expect(seen[1]).toEqual(seen[0]);
  });
});

describe('forms, with the cookie', () => {
  const withdrawing = () => {
    const { change, talk } = aTalkAt({}, { call, submission });
    const port = aPort({
      source: change.submissions?.source ?? { name: 'none', read: async () => ({ kind: 'unknown' }) },
      withdraw: async () => {
        talk.state = aState(talk.state, { conclusion: { kind: 'withdrawn' } });
        return { kind: 'withdrawn', status: publicStatus(talk.state) };
      },
    });
    return anApp({ now, ...change, submissions: port }).plain;
  };

  test('withdraw, and say so on the page; twice is no error', async () => {
    const app = withdrawing();
    const answers = [
      await sendForm(app, `${page}/withdraw`, {}, cookie(keyOf())),
      await sendForm(app, `${page}/withdraw`, {}, cookie(keyOf())),
    ];

    const location = answers[0]?.headers.get('Location') ?? '';
    const text = await read(app, location.replace(publicUrl, ''), cookie(keyOf()));

    expect(answers.map(({ status }) => status)).toEqual([303, 303]);
    expect(location).toBe(`${publicUrl}${page}?said=withdrawn`);
    expect(text).toContain('<h2 tabindex="-1" data-focus="true">Your talk is withdrawn</h2>');
    expect(text).toContain('You have withdrawn your talk');
  });

  test.each(['attendance-answered', 'not-accepted', 'precondition-failed'] as const)(
    'what the workflow refuses is said above what stands: %s',
    async (code) => {
      const { change } = aTalkAt(awaited, { call, submission });
      const commands = change.commands && {
        ...change.commands,
        answer: async () => ({ kind: 'refused' as const, code, details: {} }),
      };
      const app = anApp({ now, ...change, ...(commands && { commands }) }).plain;

      const answer = await sendForm(app, `${page}/confirm`, {}, cookie(keyOf()));

      expect([answer.status, answer.headers.get('Location')]).toEqual([303, `${publicUrl}${page}?said=${code}`]);
    },
  );

  test('ended while the page was open: the key is asked for again', async () => {
    const { change } = aTalkAt(awaited, { call, submission });
    const commands = change.commands && {
      ...change.commands,
      answer: async () => ({ kind: 'refused' as const, code: 'unauthorized' as const, details: {} }),
    };
    const app = anApp({ now, ...change, ...(commands && { commands }) }).plain;

    const answer = await sendForm(app, `${page}/confirm`, {}, cookie(keyOf()));

    expect(answer.status).toBe(401);
    expect(await answer.text()).toContain('This link does not open the talk');
  });

  test.each([
    ['confirmed', {}],
    ['withdrawn', {}],
    ['submission-concluded', {}],
    ['links-ended', {}],
    ['<script>', {}],
    ['constructor', {}],
  ])('nothing is said that is not so: %s', async (said, described) => {
    const text = await read(anAppAt(described).app, `${page}?said=${encodeURIComponent(said)}`);

    expect(text).toContain('<div id="part-said" data-part="47DEQpj8HBSa"></div>');
  });

  test('nothing is said to others', async () => {
    const { app } = anAppAt(confirmed);

    const plain = await read(app, page, { Accept: 'text/html' });

    expect(await read(app, `${page}?said=confirmed`, { Accept: 'text/html' })).toBe(plain);
  });
});
