import { describe, expect, test } from 'vitest';
import { createSpeakerTokens } from '../../../process/speaker-tokens.ts';
import { TemporalUnavailableError } from '../../../temporal/bounded-calls.ts';
import { anApp, noCommands } from '../../support/app.ts';
import { anId, publicUrl, tokens } from '../../support/fixtures.ts';
import { sendForm } from '../../support/forms.ts';
import { codes, id, now, speakers, withInvitation } from '../../support/letters.ts';

type Change = NonNullable<Parameters<typeof anApp>[0]>;

const names = ['proof', 'not-mine', 'undo', 'co-speaker'] as const;
const purposeOf = { proof: 'proof', 'not-mine': 'proof', undo: 'undo', 'co-speaker': 'co-speaker' } as const;
const pathOf = (name: string, of: string = id) => `/submissions/${of}/${name}`;

/** A browser, with a gateway whose commands only do what is given. */
function aBrowser(change: Change = {}) {
  const { plain } = anApp({ now: () => now, ...change });
  return {
    get: (path: string, init: RequestInit = {}) => plain.request(path, { headers: { Accept: 'text/html' }, ...init }),

    post: (path: string, form: Record<string, string>, headers?: Record<string, string>) =>
      sendForm(plain, path, form, headers),
  };
}

/** All that a client sees but the id of its request, which is random. */
async function seen(response: Response) {
  const { 'x-request-id': _, ...headers } = Object.fromEntries(response.headers);
  return { status: response.status, headers, body: await response.text() };
}

type Prove = typeof noCommands.prove;

/** Commands of a talk whose address is proved, or refused, as a test says. */
function proving(value: Extract<Awaited<ReturnType<Prove>>, { kind: 'done' }>['value']) {
  const given: Parameters<Prove>[1][] = [];
  const prove: Prove = async (_, command) => {
    given.push(command);
    return { kind: 'done', value };
  };
  return { commands: { ...noCommands, prove }, given };
}

const cookie = (token: string) =>
  `speaker=${token}; Max-Age=3600; Path=/submissions/${id}; HttpOnly; Secure; SameSite=Strict`;

describe.each(names)('/submissions/{id}/%s', (name) => {
  test('H24: GET and HEAD change nothing, whoever asks: the page is the same for every submission', async () => {
    // Whatever is asked of the commands or the store is an error.
    const { get } = aBrowser();

    const page = await seen(await get(pathOf(name)));
    const ofOther = await seen(await get(pathOf(name, anId(2))));
    const withToken = await seen(
      await get(pathOf(name), { headers: { Accept: 'text/html', Authorization: `Bearer ${codes[purposeOf[name]]}` } }),
    );
    const head = await seen(await get(pathOf(name), { method: 'HEAD', headers: { Accept: 'text/html' } }));

    expect(page).toMatchObject({
      status: 200,
      headers: {
        'cache-control': 'public, max-age=300',
        'content-type': 'text/html; charset=utf-8',
        'content-security-policy': expect.stringContaining("script-src 'self'"),
      },
    });
    expect([ofOther, withToken]).toEqual([page, page]);
    expect(head).toEqual({ ...page, body: '' });
    expect(page.body).not.toContain(id);
  });

  test('H15: a malformed id has the page of whatever is not there', async () => {
    const { get } = aBrowser();

    const answers = [await seen(await get(pathOf(name, 'malformed'))), await seen(await get('/nothing-here'))];

    expect(answers[0]?.status).toBe(404);
    expect(answers[0]).toEqual(answers[1]);
  });

  test('H12: a form from another site is refused, and nothing is done', async () => {
    const { post } = aBrowser();

    const answers = [
      await post(
        pathOf(name),
        { code: codes[purposeOf[name]], answer: 'not-mine' },
        { Origin: 'https://evil.example' },
      ),
      await post(pathOf(name), { code: codes[purposeOf[name]], answer: 'not-mine' }, { Origin: 'null' }),
    ];

    expect(answers.map(({ status }) => status)).toEqual([403, 403]);
  });

  test('says at the field that the code is missing', async () => {
    const { post } = aBrowser();

    const response = await post(pathOf(name), { code: '  ', answer: 'not-mine' });
    const page = await response.text();

    expect(response.status).toBe(422);
    expect(page).toContain('<title>Error: ');
    expect(page).toContain('<a href="#code">Paste your private code</a>');
    expect(page).toMatch(/<input[^>]*id="code"[^>]*aria-invalid="true"/);
  });

  test('H30: whatever opens nothing has the same answer, whether or not there is something', async () => {
    const { post } = aBrowser();
    const foreign = createSpeakerTokens([{ id: '1', secret: 'a secret of somebody else, 32 or more' }]);
    const purpose = purposeOf[name];
    const others = names.map((other) => codes[purposeOf[other]]).filter((code) => code !== codes[purpose]);

    const answers = [];
    for (const code of [
      ...['garbage', '1.p0.garbage', foreign.ofPurpose(purpose, id, 0), speakers.ofPurpose(purpose, anId(2), 0)],
      ...[codes.speaker, codes.access, tokens.organiser, ...others],
    ])
      answers.push(await seen(await post(pathOf(name), { code, answer: 'not-mine' })));
    const ofOther = await seen(await post(pathOf(name, anId(3)), { code: 'garbage', answer: 'not-mine' }));

    expect(ofOther).toMatchObject({
      status: 401,
      headers: { 'www-authenticate': expect.stringMatching(/^Bearer /), 'cache-control': 'no-store' },
      body: expect.stringContaining('This link does not work any more'),
    });
    expect(answers).toEqual(answers.map(() => ofOther));
    expect(ofOther.body).toContain('href="/access"');
  });

  test('gives the form back, with its code, while Temporal is out of reach', async () => {
    const away = () => Promise.reject(new TemporalUnavailableError('away'));
    const commands = { ...noCommands, prove: away, undoAddress: away, answerAsCoSpeaker: away, recordOf: away };
    const { post } = aBrowser({ commands });
    const code = codes[purposeOf[name]];

    const response = await post(pathOf(name), { code, answer: 'not-mine' });
    const page = await response.text();

    expect(response.status).toBe(503);
    expect(response.headers.get('Retry-After')).toMatch(/^\d+$/);
    expect(page).toContain('We can&#39;t reach our records');
    expect(page).toContain(`<input type="hidden" name="code" value="${code}"/>`);
  });
});

describe('the address is proved', () => {
  test('H38, H12: by its button, which leads to the page of the talk with a cookie for an hour', async () => {
    const { commands, given } = proving({ generation: 2 });
    const { post } = aBrowser({ commands });

    const response = await post(pathOf('proof'), { code: codes.proof });

    expect(given).toEqual([{ address: 0, answer: 'mine' }]);
    expect(response.status).toBe(303);
    expect(response.headers.get('Location')).toBe(`${publicUrl}/submissions/${id}?said=proved`);
    expect(response.headers.get('Set-Cookie')).toBe(cookie(speakers.of(id, 2)));
    expect(response.headers.get('Cache-Control')).toBe('no-store');
  });

  test('once: the second time there is nothing more to do', async () => {
    const { post } = aBrowser(proving({ generation: 0, wasProved: true }));

    const response = await post(pathOf('proof'), { code: codes.proof });

    expect(response.headers.get('Location')).toBe(`${publicUrl}/submissions/${id}?said=already-proved`);
  });

  test('by whoever pastes the whole link, too', async () => {
    const { commands, given } = proving({ generation: 0 });
    const { post } = aBrowser({ commands });

    const response = await post(pathOf('proof'), { code: ` ${publicUrl}${pathOf('proof')}#${codes.proof}\r\n` });

    expect([response.status, given.length]).toEqual([303, 1]);
  });

  test('H40: not by a link that has ended', async () => {
    const prove: Prove = async () => ({ kind: 'refused', code: 'unauthorized', details: {} });
    const { post } = aBrowser({ commands: { ...noCommands, prove } });

    const response = await post(pathOf('proof'), { code: codes.proof });

    expect(response.status).toBe(401);
    expect(await response.text()).toContain('Get your link by email');
  });
});

describe("a talk that isn't theirs", () => {
  test('is first asked about, on a page that says what follows, with the code that was sent', async () => {
    const { commands, given } = proving({});
    const { post } = aBrowser({ commands });

    const response = await post(pathOf('not-mine'), { code: codes.proof });
    const page = await response.text();

    expect([response.status, given]).toEqual([200, []]);
    expect(page).toContain(`<input type="hidden" name="code" value="${codes.proof}"/>`);
    expect(page).toMatch(/<button[^>]*class="destructive"[^>]*name="answer"[^>]*value="not-mine"/);
    expect(page).toMatch(/<a class="screen" href="proof"[^>]*>Keep it<\/a>/);
  });

  test('H38: is refused by the second button, however often it is pressed', async () => {
    const { commands, given } = proving({});
    const { post } = aBrowser({ commands });

    const [first, second] = [
      await seen(await post(pathOf('not-mine'), { code: codes.proof, answer: 'not-mine' })),
      await seen(await post(pathOf('not-mine'), { code: codes.proof, answer: 'not-mine' })),
    ];

    expect(given).toEqual([
      { address: 0, answer: 'not-mine' },
      { address: 0, answer: 'not-mine' },
    ]);
    expect(first).toMatchObject({ status: 200, headers: { 'cache-control': 'no-store' } });
    expect(first.body).toContain('Our mails about this talk stop');
    expect(second).toEqual(first);
  });
});

test('the former address is kept by its button, and its reader gets the speaker token of now', async () => {
  const given: unknown[] = [];
  const undoAddress: typeof noCommands.undoAddress = async (_, command) => {
    given.push(command);
    return { kind: 'done', value: { generation: 3 } };
  };
  const { post } = aBrowser({ commands: { ...noCommands, undoAddress } });

  const response = await post(pathOf('undo'), { code: codes.undo });

  expect(given).toEqual([{ address: 0 }]);
  expect(response.headers.get('Location')).toBe(`${publicUrl}/submissions/${id}?said=address-kept`);
  expect(response.headers.get('Set-Cookie')).toBe(cookie(speakers.of(id, 3)));
});

describe('a co-speaker', () => {
  test('H42: reads whose talk it is, what is printed, and where it stands as everybody may know it', async () => {
    const { given, ...gateway } = withInvitation();
    const { post } = aBrowser(gateway);

    const response = await post(pathOf('co-speaker'), { code: codes['co-speaker'] });
    const page = await response.text();

    expect([response.status, given]).toEqual([200, []]);
    expect(page).toContain('<bdi>Ada Lovelace</bdi> has proposed this talk to Test Conf, with you as a co-speaker:');
    expect(page).toContain('<p class="talk" dir="auto">Ten years of cron jobs</p>');
    expect(page).toContain('<dd dir="auto">Jun Watanabe</dd>');
    expect(page).toContain('Under review');
    expect(page).not.toContain('jun@example.net');
  });

  test.each([
    ['accepted', 'We have your answer: you accept', 'Decline after all'],
    ['declined', 'We have your answer: you decline', 'Accept after all'],
  ])('has %s, and can change the answer', async (answer, said, other) => {
    const { given, ...gateway } = withInvitation();
    const { post } = aBrowser(gateway);

    const page = await (await post(pathOf('co-speaker'), { code: codes['co-speaker'], answer })).text();

    expect(given).toEqual([answer]);
    expect(page).toContain(said);
    expect(page).toContain(other);
  });

  test('of a talk that has ended is told so, and asked nothing', async () => {
    const state = { stage: 'selection', conclusion: { kind: 'rejected' } } as const;
    const { post } = aBrowser(withInvitation({ state }));

    const page = await (await post(pathOf('co-speaker'), { code: codes['co-speaker'] })).text();

    expect(page).toContain('This talk has ended.');
    expect(page).not.toContain('<button');
  });

  test.each([
    ['submission-concluded', 'The talk has ended meanwhile'],
    ['too-many-commands', 'Too many changes'],
  ] as const)('is told that nothing was changed: %s', async (code, heading) => {
    const { commands, submissions } = withInvitation();
    const answerAsCoSpeaker = async () => ({ kind: 'refused', code, details: {} }) as const;
    const { post } = aBrowser({ commands: { ...noCommands, ...commands, answerAsCoSpeaker }, submissions });

    const response = await post(pathOf('co-speaker'), { code: codes['co-speaker'], answer: 'accepted' });

    expect(response.status).toBe(409);
    expect(await response.text()).toContain(heading);
  });

  test('who is no longer named: the same 401 as for anything else', async () => {
    const { post } = aBrowser(withInvitation());

    const response = await post(pathOf('co-speaker'), { code: speakers.ofPurpose('co-speaker', id, 2) });

    expect(response.status).toBe(401);
    expect(await response.text()).toContain('no longer named as a co-speaker');
  });

  test('sees hostile names and titles as text', async () => {
    const title = '<img src=x onerror=alert(1)>';
    const name = '"><script>alert(1)</script></bdi></title>';
    const { post } = aBrowser(withInvitation({ title, name, by: name }));

    const page = await (await post(pathOf('co-speaker'), { code: codes['co-speaker'] })).text();

    expect(page).not.toMatch(/<img|<script>|<\/bdi><\/title>/);
    expect(page).toContain('&lt;img src=x onerror=alert(1)&gt;');
  });
});
