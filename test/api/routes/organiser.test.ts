import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { hashOf, loadAccess } from '../../../api/people/access.ts';
import { anApp, firstAnswerSchema, post } from '../../support/app.ts';
import { aCall, aRequest, tokens } from '../../support/fixtures.ts';

const path = '/api/organiser/call';
const bearer = (token: string) => ({ headers: { Authorization: `Bearer ${token}` } });

describe('GET /api/organiser/call', () => {
  test.each(['organiser', 'reviewer'] as const)('tells the call to an %s', async (role) => {
    const { app } = anApp();

    const response = await app.request(path, bearer(tokens[role]));

    expect(response.status).toBe(200);
    expect(response.headers.get('Cache-Control')).toBe('private, no-cache, no-transform');
    expect(await response.json()).toEqual(JSON.parse(JSON.stringify(aCall())));
  });

  test('H20: HEAD has the same headers, and no body', async () => {
    const { app } = anApp();

    const [get, head] = [
      await app.request(path, bearer(tokens.organiser)),
      await app.request(path, { method: 'HEAD', ...bearer(tokens.organiser) }),
    ];

    const headersOf = (response: Response) => ({ ...Object.fromEntries(response.headers), 'x-request-id': '' });
    expect(headersOf(head)).toEqual(headersOf(get));
    expect(get.headers.get('Content-Length')).toBe(String((await get.text()).length));
    expect(await head.text()).toBe('');
  });

  test('H30: a missing, wrong or too small credential gets the same answer', async () => {
    const { app } = anApp();
    const { speakerToken } = firstAnswerSchema.parse(await (await post(app, aRequest())).json());

    const answers = await Promise.all(
      [{}, bearer('wrong'), bearer(speakerToken), bearer(hashOf(tokens.organiser))].map(async (init) => {
        const response = await app.request(path, init);
        const { 'x-request-id': _, ...headers } = Object.fromEntries(response.headers);
        return JSON.stringify([response.status, headers, await response.text()]);
      }),
    );

    expect(new Set(answers).size).toBe(1);
    expect(answers[0]).toMatch(/^\[401,.*"www-authenticate":"Bearer realm=\\"call-for-speakers\\""/);
  });
});

describe('the file of the people', () => {
  async function aFile(content: string): Promise<string> {
    const file = join(tmpdir(), `access-${process.pid}.yaml`);
    await writeFile(file, content);
    return file;
  }

  test('holds hashes, and lets in whoever has the token', async () => {
    const file = await aFile(`people: [{ name: Olga, role: organiser, token: "${hashOf('secret')}" }]`);

    const { access, committee } = await loadAccess(file);

    expect(access('secret')).toEqual({ name: 'Olga', role: 'organiser' });
    expect(access(hashOf('secret'))).toBeUndefined();
    expect(committee).toEqual([{ name: 'Olga', role: 'organiser' }]);
  });

  test('may have several addresses of one person, and none of two', async () => {
    const people = (emails: string[], others: string[]) => `people:
      - { name: Olga, role: organiser, token: "${hashOf('one')}", emails: [${emails}] }
      - { name: Rita, role: reviewer, token: "${hashOf('two')}", emails: [${others}] }`;
    const several = ['olga@example.org', 'o.lga@gmail.com', 'olga+talks@gmail.com'];

    const { access } = await loadAccess(await aFile(people(several, ['rita@example.org'])));
    const shared = await loadAccess(await aFile(people(several, ['rita@example.org', 'OLGA@googlemail.com']))).catch(
      String,
    );
    const former = await loadAccess(await aFile(people(several, []).replace('emails: []', 'email: a@b.c'))).catch(
      String,
    );

    expect(access('one')).toEqual({ name: 'Olga', role: 'organiser', emails: several });
    expect(shared).toContain('/people/1/emails/1: is also an address of Olga: each person has one entry');
    expect(former).toContain('/people/1/email: is not a known property');
  });

  test('is refused with all that is wrong with it', async () => {
    const hash = hashOf('secret');
    const file = await aFile(`people:
      - { name: Olga, role: boss, token: secret }
      - { name: Rita, role: reviewer, token: "${hash}", mail: rita@example.org }`);
    const twice = `people:
      - { name: Olga, role: organiser, token: "${hash}" }
      - { name: Olga, role: reviewer, token: "${hash}" }`;

    const error = await loadAccess(file).catch(String);
    const other = await loadAccess(await aFile(twice)).catch(String);

    expect(error).toContain('/people/0/role: must be one of: reviewer, organiser');
    expect(error).toContain('/people/0/token: must be sha256:');
    expect(error).toContain('/people/1/mail: is not a known property');
    expect(other).toContain('/people: two people have the same name');
    expect(other).toContain('/people: two people have the same token');
    expect(await loadAccess('/no/such/file').catch(String)).toContain('ACCESS_FILE must name');
  });
});

test('the file of the examples is one that nobody can get in by', async () => {
  const { access } = await loadAccess(fileURLToPath(new URL('../../../examples/access.yaml', import.meta.url)));

  expect(access('')).toBeUndefined();
});
