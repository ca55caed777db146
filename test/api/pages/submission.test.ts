import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Call, rulesOf } from '../../../contract/call/call.ts';
import type { StatusDocument } from '../../../contract/http/status.ts';
import { initialState } from '../../../contract/initial-state.ts';
import { publicStatus } from '../../../contract/public-status.ts';
import type { SubmissionState } from '../../../contract/state.ts';
import { TemporalUnavailableError } from '../../../temporal/bounded-calls.ts';
import { anApp, aPort, post, submittedOf } from '../../support/app.ts';
import { behindTheCurtain } from '../../support/behind-the-curtain.ts';
import { aCall, anId, anInput, aRequest } from '../../support/fixtures.ts';
import { inText } from '../../support/in-text.ts';
import { aPanelCall } from '../../support/people.ts';

const id = anId(1);
const page = `/submissions/${id}`;
const html = { Accept: 'text/html' };
const now = () => new Date('2027-01-15T12:00:00Z');

const told = aCall({ timeZone: 'Europe/Berlin', attendance: { deadline: '7d', cancelUntil: '2027-05-01T00:00:00Z' } });
const withheld: Call = { ...told, disclosure: 'until-announced', announcement: '2027-02-22T11:00:00Z' };

const document: StatusDocument = {
  id,
  status: 'Running',
  stage: 'shortlisting',
  createdAt: '2026-11-20T09:00:00.000Z',
  lastUpdatedAt: '2026-11-24T15:30:00.000Z',
  progress: { completed: 1, total: 3 },
};

type Change = Partial<StatusDocument>;

const ended = (result: NonNullable<StatusDocument['result']>, change: Change = {}): Change => ({
  status: 'Succeeded',
  stage: 'selection',
  progress: { completed: 3, total: 3 },
  result,
  ...change,
});

const accepted = (attendance?: NonNullable<StatusDocument['result']>['attendance']) =>
  ended({ outcome: 'accepted', ...(attendance && { attendance }) });

const review = { stage: 'under-review', progress: { completed: 0, total: 3 } } as const;

function anAppWith(change: Change, call = told) {
  const source = { name: 'one', read: async () => ({ kind: 'found', status: { ...document, ...change } }) as const };
  return anApp({ call, now, submissions: aPort({ source }) }).app;
}

async function textOf(change: Change, call = told): Promise<string> {
  return (await anAppWith(change, call).request(page, { headers: html })).text();
}

/** Each step as `state: name, tag`. */
const lineOf = (text: string) =>
  [...text.matchAll(/<li class="(\w+) (\w*)"[^>]*>(.*?)<\/li>/gs)].map(([, state, kind, step = '']) => {
    const [, name] = /class="name">([^<]*)/.exec(step) ?? [];
    const [, tag] = /class="tag [^"]*">([^<]*)/.exec(step) ?? [];
    return [state, kind, name, tag, step.includes('<time')]
      .filter((part) => part !== undefined && part !== '')
      .join(' ');
  });

const all = ['done Received true', 'done First check false', 'done Shortlist false', 'done Selection false'];
const answered = [...all, 'done Answer false'];

describe('GET /submissions/{id}, for everybody', () => {
  test.each<[string, Change, string, string[]]>([
    [
      'We have your talk',
      { status: 'NotStarted', stage: 'received', progress: { completed: 0, total: 3 } },
      'Received',
      [
        'now Received Now true',
        'later First check false',
        'later Shortlist false',
        'later Selection false',
        'later Answer false',
        'later Your confirmation false',
      ],
    ],
    [
      'Your talk is under review',
      {},
      'Under review',
      [
        'done Received true',
        'done First check false',
        'now Shortlist Now true',
        'later Selection false',
        'later Answer false',
        'later Your confirmation false',
      ],
    ],
    [
      'Your talk is on the waiting list',
      { result: { outcome: 'waitlisted' }, stage: 'selection', progress: { completed: 3, total: 3 } },
      'Waiting list',
      [...answered, 'now wait Waiting list Now true'],
    ],
    ['Your talk is accepted', accepted(), 'Accepted', [...all, 'done good Answer Accepted true']],
    [
      'Your talk is accepted',
      accepted('awaited'),
      'Answer needed',
      [...answered, 'now wait Your confirmation Now true'],
    ],
    [
      'Your talk is confirmed',
      accepted('confirmed'),
      'Confirmed',
      [...answered, 'done good Your confirmation Confirmed true'],
    ],
    [
      'You have declined',
      accepted('declined'),
      'Declined',
      [...answered, 'ended neutral Your confirmation Declined true'],
    ],
    [
      'Your place has lapsed',
      accepted('lapsed'),
      'Lapsed',
      [...answered, 'ended neutral Your confirmation Lapsed true'],
    ],
    [
      'Your talk is cancelled',
      accepted('canceled'),
      'Cancelled',
      [...answered, 'ended neutral Your confirmation Cancelled true'],
    ],
    [
      'No place came free',
      ended({ outcome: 'waitlisted' }),
      'Not accepted',
      [...answered, 'ended neutral Waiting list Not accepted true'],
    ],
    [
      'Your talk was not accepted',
      ended({ outcome: 'rejected' }, { stage: 'moderation', progress: { completed: 1, total: 3 } }),
      'Not accepted',
      ['done Received true', 'ended neutral First check Not accepted true'],
    ],
    [
      'You have withdrawn your talk',
      { status: 'Canceled' },
      'Withdrawn',
      ['done Received true', 'done First check false', 'ended neutral Shortlist Withdrawn true'],
    ],
    [
      'You have withdrawn your talk',
      { status: 'Canceled', stage: 'selection', progress: { completed: 3, total: 3 } },
      'Withdrawn',
      [...answered, 'ended neutral Waiting list Withdrawn true'],
    ],
    [
      'We could not process your talk',
      { status: 'Failed', error: { code: 'processing-failed', message: 'It could not be processed.' } },
      'Could not be processed',
      ['done Received true', 'done First check false', 'ended bad Shortlist Could not be processed true'],
    ],
  ])('%s, where the stages are told: %j', async (title, change, tag, line) => {
    const text = await textOf(change);

    expect(text).toContain(`<title>${title} · Test Conf</title>`);
    expect(text).toContain(`<h1 tabindex="-1">${title}</h1>`);
    expect(text).toMatch(new RegExp(`class="tag [a-z]+">${tag}<`));
    expect(lineOf(text)).toEqual(line);
    expect(text).not.toContain('Sending…</button>');
    expect(text).toContain('Only the speaker sees the talk itself.');
  });

  test.each<[string, Change, string[]]>([
    [
      'under review',
      review,
      ['done Received true', 'now Under review Now false', 'later Answer true', 'later Your confirmation false'],
    ],
    [
      'received',
      { status: 'NotStarted', stage: 'received', progress: { completed: 0, total: 3 } },
      ['now Received Now true', 'later Under review false', 'later Answer true', 'later Your confirmation false'],
    ],
    [
      'rejected, at whatever stage',
      ended({ outcome: 'rejected' }, { stage: 'under-review' }),
      ['done Received true', 'done Under review false', 'ended neutral Answer Not accepted true'],
    ],
    [
      'withdrawn',
      { ...review, status: 'Canceled' },
      ['done Received true', 'ended neutral Under review Withdrawn true'],
    ],
  ])('H19: %s, where they are withheld', async (_, change, line) => {
    expect(lineOf(await textOf(change, withheld))).toEqual(line);
  });

  test('says when answers come, and that nothing else is asked', async () => {
    const before = inText(await textOf(review, withheld));
    const after = inText(await textOf(review, { ...withheld, announcement: '2027-01-02T11:00:00Z' }));

    expect(before).toContain(
      "All answers come on 22 February 2027, 12:00 in Berlin . Once you have confirmed your address, you don't have to do anything until then.",
    );
    expect(after).toContain('Answers go out from 2 January 2027, 12:00 in Berlin on. Yours has not gone out yet.');
  });

  test('H4: has nothing of the talk, and loads nothing that would', async () => {
    const { app } = anApp({ call: told });
    const { id: own } = await submittedOf(await post(app, aRequest()));

    const text = await (await app.request(`/submissions/${own}`, { headers: html })).text();

    expect(text).toContain('We have your talk');
    expect(text).not.toMatch(/A talk about waiting|lanted|durable workflows/);
  });

  test('H28: it is private, revalidated, and another one for who has a key', async () => {
    const { headers } = await anAppWith({}).request(page, { headers: html });

    expect(headers.get('Cache-Control')).toBe('private, no-cache');
    expect(headers.get('Vary')).toBe('Cookie, Authorization');
  });

  test('has a link to look again without the script, as long as something may follow', async () => {
    expect(await textOf({})).toContain(`<a href="${page}">Look again</a>`);
    expect(await textOf(accepted('awaited'))).toContain('Look again');
    expect(await textOf(accepted('declined'))).not.toContain('Look again');
  });

  test('H15: unknown, malformed and foreign ids have the same page', async () => {
    const { app } = anApp();
    const seen = await Promise.all(
      [anId(9), 'abc', `${anId(9)}0`, 'constructor', `${anId(8)}`].map(async (one) => {
        const answer = await app.request(`/submissions/${one}`, { headers: html });
        const { 'x-request-id': _, ...headers } = Object.fromEntries(answer.headers);
        return [answer.status, headers, await answer.text()];
      }),
    );

    expect(seen.map((one) => one[0])).toEqual([404, 404, 404, 404, 404]);
    expect(new Set(seen.map((one) => JSON.stringify(one))).size).toBe(1);
    expect(inText(String(seen[0]?.[2]))).toContain("We can't find that page");
  });

  test.each([
    ['erased', { kind: 'erased' } as const, 410, 'This talk was erased'],
    [
      'out of reach',
      { kind: 'no-answer', cause: new TemporalUnavailableError('none') } as const,
      503,
      "We can't reach our records",
    ],
  ])('what is %s has a page that says so', async (_, reading, status, words) => {
    const { app } = anApp({ submissions: aPort({ source: { name: 'none', read: async () => reading } }) });

    const answer = await app.request(page, { headers: html });

    expect(answer.status).toBe(status);
    expect(inText(await answer.text())).toContain(words);
  });

  test('H19: before the announcement, whatever differs behind the curtain, the page has the same bytes', async () => {
    const call = aPanelCall(
      {},
      { disclosure: 'until-announced', announcement: 'by-organisers', attendance: { deadline: '10d' } },
    );
    const seenOf = async (change: Partial<SubmissionState>) => {
      const stands = { ...initialState(anInput({ id, rules: rulesOf(call) })), lastUpdatedAt: document.lastUpdatedAt };
      const status = publicStatus({ ...stands, ...change });
      const source = { name: 'state', read: async () => ({ kind: 'found', status }) as const };
      const answer = await anApp({ call, now, submissions: aPort({ source }) }).app.request(page, { headers: html });
      const { 'x-request-id': _, ...headers } = Object.fromEntries(answer.headers);
      return JSON.stringify([answer.status, headers, await answer.text()]);
    };

    await fc.assert(
      fc.asyncProperty(behindTheCurtain, behindTheCurtain, async (one, other) => {
        const seen = await seenOf(one);
        expect(seen).toBe(await seenOf(other));
        expect(seen).toContain('Your talk is under review');
      }),
      { numRuns: 60 },
    );
  });
});
