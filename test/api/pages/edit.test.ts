import { Hono } from 'hono';
import { describe, expect, test } from 'vitest';
import { createSend } from '../../../api/http/send.ts';
import { noLimits } from '../../../api/limits/limits.ts';
import { editPage } from '../../../api/pages/edit/edit.tsx';
import { mountPages } from '../../../api/pages/routing/mount-pages.ts';
import { createSite } from '../../../api/pages/site.ts';
import { editableFields } from '../../../contract/call/editable-fields.ts';
import type { ProposalDocument } from '../../../contract/http/proposal.ts';
import { createSpeakerTokens } from '../../../process/speaker-tokens.ts';
import { problemType } from '../../support/app.ts';
import { aSubmission, publicUrl, speakerTokenKeys } from '../../support/fixtures.ts';
import { sendForm } from '../../support/forms.ts';
import { inText } from '../../support/in-text.ts';
import { keyOf, talkId } from '../../support/own-talk.ts';
import { aCallForPages } from '../../support/page-call.ts';

const page = `/submissions/${talkId}/edit`;
const call = aCallForPages();

const standing: ProposalDocument = {
  ...aSubmission({
    coSpeakers: [{ name: 'Jun Watanabe', email: 'jun@example.net' }],
    links: ['https://example.org/a'],
  }),
  track: 'architecture',
  format: 'talk',
  consents: { recording: '2026-10' },
  version: 1,
  about: {
    isProved: true,
    editable: [...editableFields],
    editableUntil: '2027-01-31T22:59:59.000Z',
    reminders: 'on',
    coSpeakers: [{ email: 'jun@example.net', answer: 'invited' }],
  },
};

const json = (status: number, body: object, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify(body), { status, headers });

const proposal = (change: Partial<ProposalDocument> = {}, tag = '"one"') =>
  json(200, { ...standing, ...change }, { ETag: tag });

const problem = (status: number, code: string, more: object = {}, headers: Record<string, string> = {}) =>
  json(status, { type: problemType(code), title: 'A problem', status, ...more }, headers);

/** The page on an API that answers as a test says: each request is kept. */
function anEditPage(read: () => Response, change: () => Response = () => proposal({ version: 2 }, '"two"')) {
  const asked: { method: string; headers: Headers; body: unknown }[] = [];
  const app = new Hono();
  const edit = editPage({
    site: createSite({ publicUrl, call }),
    call,
    tokens: createSpeakerTokens(speakerTokenKeys),
    limits: noLimits,
    addressOf: () => '192.0.2.1',
    askApi: async (_, path, { method = 'GET', headers, body }) => {
      expect(path).toBe(`/api/submissions/${talkId}/proposal`);
      asked.push({
        method,
        headers: new Headers(headers),
        body: typeof body === 'string' ? JSON.parse(body) : undefined,
      });
      return method === 'GET' ? read() : change();
    },
  });
  const { sendPage } = createSend({ headersFor: () => ({}) });
  mountPages(app, [edit], sendPage);
  return { app, asked };
}

const cookie = { Cookie: `speaker=${keyOf()}` };

const fields = {
  tag: '"one"',
  title: 'Another title',
  description: standing.description,
  track: 'architecture',
  format: 'talk',
  level: '',
  language: '',
  links: '',
  'speaker.name': 'Ada Lovelace',
  'speaker.email': 'ada@example.org',
  'speaker.bio': '',
  'speaker.country': '',
  notes: '',
  'consents.recording': '2026-10',
};

const save = (app: Hono, change: Record<string, string> = {}, headers: Record<string, string> = cookie) =>
  sendForm(app, page, { ...fields, ...change }, headers);

describe('GET /submissions/{id}/edit', () => {
  test('is the form of the talk, filled with what stands, and its tag', async () => {
    const { app } = anEditPage(() => proposal());

    const text = await (await app.request(page, { headers: cookie })).text();

    expect(text).toContain('<h1 tabindex="-1">Change your talk</h1>');
    expect(text).toContain('name="tag" value="&quot;one&quot;"');
    expect(text).toContain('value="A talk about waiting"');
    expect(text).toContain('value="Jun Watanabe"');
    expect(inText(text)).toContain('You can change it until 31 January 2027, 23:59 in Berlin');
  });

  test('shows fields that are fixed as text, with the reason', async () => {
    const editable = ['title', 'description', 'speaker.name', 'speaker.bio'] as const;
    const { app } = anEditPage(() => proposal({ about: { ...standing.about, editable: [...editable] } }));

    const text = await (await app.request(page, { headers: cookie })).text();
    const named = [...text.matchAll(/ name="([^"]+)"/g)].map(([, name]) => name);

    expect(named.filter((name) => !['viewport', 'referrer'].includes(name ?? ''))).toEqual(['tag', ...editable]);
    expect(inText(text)).toContain('Track architecture This can no longer be changed.');
    expect(inText(text)).toContain('Jun Watanabe (jun@example.net)');
  });

  test('says so where only the address can still be changed', async () => {
    const { app } = anEditPage(() => proposal({ about: { ...standing.about, editable: ['speaker.email'] } }));

    const text = inText(await (await app.request(page, { headers: cookie })).text());

    expect(text).toContain(
      'Only your email address can still be changed. Other changes were possible until 31 January 2027, 23:59 in Berlin',
    );
  });

  test('says until when changes were possible', async () => {
    const { app } = anEditPage(() => proposal({ about: { ...standing.about, editable: [] } }));

    const text = inText(await (await app.request(page, { headers: cookie })).text());

    expect(text).toContain('It can no longer be changed Changes were possible until 31 January 2027, 23:59 in Berlin');
  });

  test.each([
    ['no key', {}, () => proposal()],
    ['a wrong key', { Cookie: 'speaker=1.wrong' }, () => proposal()],
    ['a key that was ended', cookie, () => problem(401, 'unauthorized')],
  ])('H30: with %s it is the page that asks for one', async (_, headers, read) => {
    const { app } = anEditPage(read);

    const answer = await app.request(page, { headers });

    expect(answer.status).toBe(401);
    expect(await answer.text()).toContain('This page is for the speaker');
  });
});

describe('POST /submissions/{id}/edit', () => {
  test('H37: saves by a merge patch, under the tag that the form was made with', async () => {
    const { app, asked } = anEditPage(() => proposal());

    const answer = await save(app);

    expect([answer.status, answer.headers.get('Location')]).toEqual([
      303,
      `${publicUrl}/submissions/${talkId}?said=saved`,
    ]);
    const [, patch] = asked;
    expect(patch?.method).toBe('PATCH');
    expect(Object.fromEntries(patch?.headers ?? [])).toEqual({
      authorization: `Bearer ${keyOf()}`,
      'content-type': 'application/merge-patch+json',
      'if-match': '"one"',
    });
    expect(patch?.body).toEqual({
      title: 'Another title',
      description: standing.description,
      track: 'architecture',
      format: 'talk',
      level: null,
      language: null,
      links: null,
      notes: null,
      consents: { recording: '2026-10' },
      coSpeakers: null,
      speaker: { name: 'Ada Lovelace', email: 'ada@example.org', bio: null, country: null },
    });
  });

  test('sends nothing of what is fixed', async () => {
    const { app, asked } = anEditPage(() =>
      proposal({ about: { ...standing.about, editable: ['title', 'speaker.bio'] } }),
    );

    await save(app, { 'speaker.bio': 'New.' });

    expect(asked[1]?.body).toEqual({ title: 'Another title', speaker: { bio: 'New.' } });
  });

  test('says that nothing has changed', async () => {
    const { app } = anEditPage(
      () => proposal(),
      () => proposal(),
    );

    expect((await save(app)).headers.get('Location')).toMatch(/\?said=unchanged$/);
  });

  test('has errors beside their fields, with what was typed', async () => {
    const errors = [{ pointer: '/title', detail: 'must not be empty' }];
    const { app } = anEditPage(
      () => proposal(),
      () => problem(422, 'invalid-submission', { errors }),
    );

    const answer = await save(app, { title: '', notes: 'Kept.' });
    const text = await answer.text();

    expect(answer.status).toBe(422);
    expect(text).toContain('<title>Error: Change your talk');
    expect(text).toContain('<a href="#title">Give the talk a title</a>');
    expect(text).toContain('Kept.');
  });

  test('of two at once: shows what differs, keeps mine, and saves it only over what was shown', async () => {
    let reads = 0;
    const { app } = anEditPage(
      () => {
        reads += 1;
        return proposal({ title: 'Their title', version: 2 }, '"two"');
      },
      () => problem(412, 'precondition-failed'),
    );

    const answer = await save(app);
    const text = await answer.text();

    expect(answer.status).toBe(412);
    expect(reads).toBe(2);
    expect(text).toContain('Somebody changed this talk while you were writing');
    expect(text).toContain('<del><span class="unseen">removed: </span>Their </del>');
    expect(text).toContain('<ins><span class="unseen">added: </span>Another </ins>');
    expect(text).toContain('value="Another title"');
    expect(text).toContain('name="tag" value="&quot;two&quot;"');
    expect(inText(text)).toContain('Save mine Take theirs');
  });

  test('too late: has the text to copy, and since when', async () => {
    const late = { until: '2027-01-31T22:59:59.000Z' };
    const { app } = anEditPage(
      () => proposal(),
      () => problem(409, 'edits-over', late),
    );

    const answer = await save(app);
    const text = inText(await answer.text());

    expect(answer.status).toBe(409);
    expect(text).toContain('Changes were possible until 31 January 2027, 23:59 in Berlin');
    expect(text).toContain('Here it is, to copy: Title Another title');
  });

  test.each([
    [429, 'too-many-requests', 'Please wait a moment'],
    [503, 'temporarily-unavailable', 'We have not saved your changes yet'],
    [409, 'too-many-commands', 'We could not save your changes'],
    [413, 'content-too-large', 'We could not save your changes'],
  ])('%i: has everything that was typed', async (status, code, heading) => {
    const { app } = anEditPage(
      () => proposal(),
      () => problem(status, code, {}, { 'Retry-After': '40' }),
    );

    const answer = await save(app);
    const text = await answer.text();

    expect(answer.status).toBe(status);
    expect(text).toContain(heading);
    expect(text).toContain('value="Another title"');
  });

  test('503, and it can not be read again either: has everything that was typed', async () => {
    const reads = [proposal()];
    const { app } = anEditPage(
      () => reads.pop() ?? problem(503, 'temporarily-unavailable'),
      () => problem(503, 'temporarily-unavailable', {}, { 'Retry-After': '40' }),
    );

    const answer = await save(app);
    const text = await answer.text();

    expect([answer.status, answer.headers.get('Retry-After')]).toEqual([503, '40']);
    expect(text).toContain('We have not saved your changes yet');
    expect(text).toContain('value="Another title"');
  });

  test('adds a row for a co-speaker without saving', async () => {
    const { app, asked } = anEditPage(() => proposal());

    const text = await (await save(app, { add: 'co-speaker' })).text();

    expect(text).toContain('name="coSpeakers.0.name"');
    expect(text).toContain('value="Another title"');
    expect(asked.map(({ method }) => method)).toEqual(['GET']);
  });
});
