import { createHmac } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import { createServer as createTcpServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { simpleParser } from 'mailparser';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { startBreaking, startSmtp } from '../../dev/stand-ins/smtp.ts';
import type { Email } from '../../messages/as-mail.ts';
import { createEmail } from '../../messages/email.ts';
import { createOutbox } from '../../messages/outbox.ts';
import { postJson } from '../../messages/post-json.ts';
import { createSlack } from '../../messages/slack.ts';
import { createWebhook } from '../../messages/webhook.ts';
import { anId } from '../support/fixtures.ts';

const email: Email = {
  from: { name: 'Köln Conf', address: 'programme@example.org' },
  to: 'ada@example.net',
  subject: 'Angenommen: „Über das Warten“',
  text: 'Liebe Ada,\n\nJa.\n',
  html: '<p>Liebe Ada</p>',
  messageId: 'one.accepted.email@example.org',
};

describe('an e-mail by SMTP', () => {
  test('arrives as it was written, and says what it is', async () => {
    const server = await startSmtp();

    const sending = await createEmail(server.url).send(email);

    const [mail] = server.received;
    expect(sending.kind).toBe('sent');
    expect(mail).toMatchObject({ subject: email.subject, text: email.text, messageId: `<${email.messageId}>` });
    expect(mail?.from?.value).toEqual([{ name: email.from.name, address: email.from.address }]);
    expect(mail?.html).toContain('Liebe Ada');
    expect(mail?.headers.get('auto-submitted')).toBe('auto-generated');
    await server.close();
  });

  test.each([
    ['550 at RCPT', { at: 'rcpt', code: 550 }, 'refused'],
    ['451 at RCPT', { at: 'rcpt', code: 451 }, 'postponed'],
    ['552 after DATA', { at: 'data', code: 552 }, 'refused'],
    ['451 after DATA', { at: 'data', code: 451 }, 'postponed'],
    ['a connection that breaks when the message is there', 'cut', 'unknown'],
    ['a server that does not answer when it has the message', 'hang', 'unknown'],
  ] as const)('%s', async (_, behaviour, kind) => {
    const server = await startSmtp(() => behaviour);

    const sending = await createEmail(server.url, { socketTimeout: 1_000 }).send(email);

    expect(sending.kind).toBe(kind);
    await server.close();
  });

  test('takes the connection of the one before, and one of its own where two are sent at once', async () => {
    const server = await startSmtp();
    const { send, close } = createEmail(server.url);

    for (let at = 0; at < 3; at += 1) await send(email);
    const afterThree = server.connections;
    await Promise.all([send(email), send(email), send(email)]);

    expect([afterThree, server.connections, server.received.length]).toEqual([1, 3, 6]);
    close();
    await expect.poll(() => server.openConnections).toBe(0);
    await server.close();
  });

  test('gives a connection up that is not used', async () => {
    const server = await startSmtp();
    const { send } = createEmail(server.url, { idleTimeout: 50 });

    await send(email);

    await expect.poll(() => server.openConnections).toBe(0);
    expect((await send(email)).kind).toBe('sent');
    await server.close();
  });

  test('is sent by a new connection where the server has closed the one that was kept', async () => {
    const server = await startSmtp();
    const { send, close } = createEmail(server.url);
    await send(email);

    // The first word about it comes with the next mail.
    server.cut();
    const sending = await send(email);

    expect(sending.kind).toBe('sent');
    expect([server.connections, server.received.length]).toEqual([2, 2]);
    close();
    await server.close();
  });

  test.each([
    ['MAIL', 'postponed'],
    ['DATA', 'unknown'],
    ['.', 'unknown'],
  ] as const)('by a kept connection that breaks at each %s goes out once at most: %s', async (line, kind) => {
    const server = await startBreaking(line);
    const { send, close } = createEmail(server.url);

    const sendings = [await send(email), await send(email)];

    expect(sendings.map((sending) => sending.kind)).toEqual(['sent', kind]);
    expect(server.messages).toBe(line === '.' ? 2 : 1);
    close();
    server.close();
  });

  test('by a kept connection that says no more is given up within its time, and holds up no other', async () => {
    const server = await startSmtp((to) => (to.startsWith('hang') ? 'hang' : 'take'));
    const { send, close } = createEmail(server.url, { socketTimeout: 300 });
    await send(email);

    const sending = await send({ ...email, to: 'hang@example.net' });
    const [received, connections] = [server.received.length, server.connections];
    const next = await send(email);

    expect([sending.kind, received, connections]).toEqual(['unknown', 2, 1]);
    expect(next.kind).toBe('sent');
    close();
    await server.close();
  });

  test('is put off at once while the server does not even greet', async () => {
    let connections = 0;
    const server = createTcpServer(() => {
      connections += 1;
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : 0;
    const { send } = createEmail(`smtp://127.0.0.1:${port}`, { greetingTimeout: 200 });

    const sendings = [await send(email), await send(email), await send(email)];

    expect(sendings).toEqual([
      { kind: 'postponed', detail: 'Greeting never received' },
      ...Array(2).fill({ kind: 'postponed', detail: 'The mail server did not answer another message a moment ago.' }),
    ]);
    expect(connections).toBe(1);
    server.close();
  });

  test.each([
    'Accepted: =?UTF-8?Q?You=20won?=',
    '=?UTF-8?B?WW91IHdvbg==?=',
    '=?utf-8?q?Bcc:=20eve@example.net?= „Über“',
    '=?us-ascii?Q?a b?= =?x',
    'a=?iso-8859-1*en?Q?=FC?=b',
    `=?UTF-8?Q?x?= ${'🐢'.repeat(100)}`,
    `=?UTF-8?Q?${'x'.repeat(180)}?=`,
  ])('keeps what reads like an encoded word as the text that it is: %s', async (subject) => {
    const server = await startSmtp();
    const folder = await mkdtemp(join(tmpdir(), 'outbox-'));

    await createEmail(server.url).send({ ...email, subject });
    await createOutbox(folder).sendEmail({ ...email, subject });

    const [file = ''] = await readdir(folder);
    const written = await readFile(join(folder, file), 'utf8');
    expect(server.received[0]?.subject).toBe(subject);
    expect((await simpleParser(written)).subject).toBe(subject);
    expect(
      Math.max(...(/^Subject: .*(?:\r\n .*)*/m.exec(written)?.[0].split('\r\n') ?? []).map(({ length }) => length)),
    ).toBeLessThan(79);
    await rm(folder, { recursive: true });
    await server.close();
  });

  test.each([
    ['jörg@example.org', true],
    ['jörg@münchen.example', true],
    ['ada@münchen.example', false],
    ["o'hara+cfp@example.org", false],
  ])('reaches %s', async (to, isUtf8) => {
    const server = await startSmtp();

    const sending = await createEmail(server.url).send({ ...email, to });

    // Both are shown by the server and the parser as people read them.
    expect(sending.kind).toBe('sent');
    expect(server.received[0]?.to).toMatchObject({ value: [{ name: '', address: to }] });
    expect(server.envelopes).toMatchObject([{ rcptTo: [{ address: to }], smtpUtf8: isUtf8 }]);
    await server.close();
  });

  test('to a domain beyond ASCII has it in ASCII', async () => {
    const server = await startSmtp();

    await createEmail(server.url).send({ ...email, to: 'ada@münchen.example' });

    const line = server.received[0]?.headerLines.find(({ key }) => key === 'to')?.line;
    expect(line).toBe('To: ada@xn--mnchen-3ya.example');
    await server.close();
  });

  test('to jörg@… is refused, with the reason, where the server has no SMTPUTF8; to a domain beyond ASCII it goes', async () => {
    const server = await startSmtp(undefined, 0, { hidesUtf8: true });
    const { send } = createEmail(server.url);

    const [refused, sent] = [
      await send({ ...email, to: 'jörg@example.org' }),
      await send({ ...email, to: 'ada@münchen.example' }),
    ];

    expect(refused).toEqual({ kind: 'refused', detail: expect.stringContaining('does not offer SMTPUTF8') });
    expect(sent.kind).toBe('sent');
    expect(server.received).toHaveLength(1);
    await server.close();
  });

  test('to jörg@… is postponed where nobody listens', async () => {
    const server = await startSmtp();
    await server.close();

    expect((await createEmail(server.url).send({ ...email, to: 'jörg@example.org' })).kind).toBe('postponed');
  });

  test('where nobody listens it is postponed', async () => {
    const server = await startSmtp();
    await server.close();

    expect((await createEmail(server.url).send(email)).kind).toBe('postponed');
  });

  test('an address with a second line in it gets nobody else a copy', async () => {
    const server = await startSmtp();

    await createEmail(server.url).send({ ...email, subject: 'a\r\nBcc: eve@example.net', to: 'ada@example.net' });

    expect(server.received).toHaveLength(1);
    expect(server.received[0]?.headers.has('bcc')).toBe(false);
    await server.close();
  });
});

describe('the outbox', () => {
  let folder: string;
  beforeAll(async () => {
    folder = join(await mkdtemp(join(tmpdir(), 'outbox-')), 'outbox');
  });
  afterAll(() => rm(folder, { recursive: true }));

  test('has each message in a file of its own, for its owner only, and once', async () => {
    const outbox = createOutbox(folder);
    await outbox.sendEmail({ ...email, subject: 'first' });

    const sending = await outbox.sendEmail(email);

    const [file = '', ...more] = await readdir(folder);
    const mail = await simpleParser(await readFile(join(folder, file)));
    expect([sending.kind, more]).toEqual(['sent', []]);
    expect(mail).toMatchObject({ subject: email.subject, messageId: `<${email.messageId}>` });
    expect((await stat(join(folder, file))).mode & 0o777).toBe(0o600);
  });

  test('leaves nothing of a submission that is forgotten, and all of the others', async () => {
    const outbox = createOutbox(folder);
    for (const seed of [1, 2]) await outbox.writeEvent(`${anId(seed)}.withdrawn.outbox`, { seed });

    await outbox.forget(anId(1));

    const files = await readdir(folder);
    expect(files).not.toContain(`${anId(1)}.withdrawn.outbox.json`);
    expect(files).toContain(`${anId(2)}.withdrawn.outbox.json`);
  });

  test('that can not be written to postpones', async () => {
    const outbox = createOutbox('/dev/null/outbox');

    expect((await outbox.writeEvent('one', {})).kind).toBe('postponed');
  });
});

describe('what is posted', () => {
  const open: (() => void)[] = [];
  afterEach(() => {
    for (const close of open.splice(0)) close();
  });

  /** Loopback is allowed here, since the tests have nothing else. */
  const isAllowed = () => true;

  async function anEndpoint(listener: RequestListener): Promise<string> {
    const server = createServer(listener);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    open.push(() => {
      server.closeAllConnections();
      server.close();
    });
    const address = server.address();
    return `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/hook`;
  }

  test.each([
    [200, 'sent'],
    [204, 'sent'],
    [302, 'refused'],
    [400, 'refused'],
    [410, 'refused'],
    [408, 'unknown'],
    [429, 'postponed'],
    [500, 'unknown'],
    [503, 'postponed'],
  ])('and answered by %d is %s', async (code, kind) => {
    const url = await anEndpoint((_, response) => response.writeHead(code, { Location: 'http://127.0.0.1:1/' }).end());

    expect((await createSlack(url, { isAllowed })('text')).kind).toBe(kind);
  });

  test('and never answered, or cut off, may have been taken', async () => {
    const hangs = await anEndpoint(() => undefined);
    const cuts = await anEndpoint((request) => request.socket.destroy());

    expect((await postJson(hangs, '{}', {}, { isAllowed, timeout: 300 })).kind).toBe('unknown');
    expect((await postJson(cuts, '{}', {}, { isAllowed })).kind).toBe('unknown');
  });

  test('to where nobody listens is postponed', async () => {
    expect((await postJson('http://127.0.0.1:1/', '{}', {}, { isAllowed })).kind).toBe('postponed');
  });

  test.each([
    '127.0.0.1',
    'localhost',
    '[::1]',
    '[::ffff:127.0.0.1]',
    '10.0.0.1',
    '169.254.169.254',
    '100.64.0.1',
    '[fd00::1]',
  ])('to the private address %s is refused, and nothing is sent', async (host) => {
    let calls = 0;
    const url = new URL(
      await anEndpoint((_, response) => {
        calls += 1;
        response.end();
      }),
    );
    url.host = `${host}:${url.port}`;

    expect((await postJson(url.href, '{}', {})).kind).toBe('refused');
    expect(calls).toBe(0);
  });

  test('to the webhook is signed over its id, its time and its very bytes', async () => {
    const seen: { headers: IncomingMessage['headers']; body: string }[] = [];
    const url = await anEndpoint(async (request, response) => {
      seen.push({ headers: request.headers, body: await text(request) });
      response.end();
    });
    const sending = await aWebhook(url, { now: () => 1_764_068_400_999 })('id-1', {
      title: '„Über“',
    });

    const [{ headers, body } = { headers: {}, body: '' }] = seen;
    const signed = createHmac('sha256', secret).update(`id-1.1764068400.${body}`).digest('base64');
    expect(sending.kind).toBe('sent');
    expect(headers).toMatchObject({
      'webhook-id': 'id-1',
      'webhook-timestamp': '1764068400',
      'webhook-signature': `v1,${signed}`,
      'content-type': 'application/json',
    });
    expect(JSON.parse(body)).toEqual({ title: '„Über“' });
  });

  const secret = 'a-secret-of-a-webhook-of-32-or-more';
  const aWebhook = (url: string, options = {}) => createWebhook(url, secret, { isAllowed, ...options });

  test.each([
    [200, 'sent'],
    [202, 'sent'],
    [302, 'postponed'],
    [400, 'postponed'],
    [401, 'postponed'],
    [404, 'postponed'],
    [408, 'postponed'],
    [410, 'refused'],
    [429, 'postponed'],
    [500, 'postponed'],
    [503, 'postponed'],
  ])('to the webhook, and answered by %d, is %s: receivers drop what they have had', async (code, kind) => {
    const url = await anEndpoint((_, response) => response.writeHead(code, { Location: 'http://127.0.0.1:1/' }).end());

    const sending = await aWebhook(url)('id-1', {});

    expect(sending).toEqual({ kind, detail: expect.stringContaining(String(code)) });
  });

  test('to the webhook, and never answered, or cut off, is sent again; to a private address it is not', async () => {
    const hangs = await anEndpoint(() => undefined);
    const cuts = await anEndpoint((request) => request.socket.destroy());

    expect((await aWebhook(hangs, { timeout: 300 })('id-1', {})).kind).toBe('postponed');
    expect((await aWebhook(cuts)('id-1', {})).kind).toBe('postponed');
    expect((await aWebhook('http://127.0.0.1:1/')('id-1', {})).kind).toBe('postponed');
    expect((await createWebhook(cuts, secret)('id-1', {})).kind).toBe('refused');
  });

  test.each([
    ['7200', 7_200_000],
    ['31536000', 24 * 3_600_000],
  ])('to the webhook waits as long as its answer says, and a day at the most: %s s', async (field, after) => {
    const url = await anEndpoint((_, response) => response.writeHead(503, { 'Retry-After': field }).end());

    expect(await aWebhook(url)('id-1', {})).toEqual({
      kind: 'postponed',
      detail: 'the answer was 503',
      after,
    });
  });

  test('to Slack has nothing in it that Slack takes for its own', async () => {
    const bodies: string[] = [];
    const url = await anEndpoint(async (request, response) => {
      bodies.push(await text(request));
      response.end('ok');
    });

    await createSlack(url, { isAllowed })('“<!channel> & more” was withdrawn');

    expect(JSON.parse(bodies[0] ?? '')).toEqual({ text: '“&lt;!channel&gt; &amp; more” was withdrawn' });
  });
});
