import { expect, test } from 'vitest';
import { createPoliteClient, createTallies, sum } from '../../bench/long/polite-clients.ts';

type Asked = { after: number; request: string };

const second = 1_000;

/** Gives these answers, one after the other, and the last one from then on. */
function useService(...answers: { status: number; headers?: string }[]) {
  const asked: Asked[] = [];
  const tallies = createTallies();
  let now = 0;
  const clock = {
    now: () => now,
    pause: async (milliseconds: number) => {
      now += milliseconds;
    },
  };
  const send = async (url: string, { method = 'GET', headers = '' } = {}) => {
    asked.push({ after: now, request: `${method} ${url}\r\n${headers}` });
    const { status, headers: given = '' } = answers[Math.min(asked.length, answers.length) - 1] ?? { status: 500 };
    return { status, head: `HTTP/1.1 ${status}\r\n${given}`, body: '' };
  };
  const client = createPoliteClient({ send, tallies, client: 258, until: 60 * second, clock });
  return { asked, tallies, client };
}

const again = (status: number, seconds: number) => ({ status, headers: `Retry-After: ${seconds}` });

test('a submit is repeated under its key when the answer says so, and not sooner', async () => {
  const { asked, tallies, client } = useService(again(503, 2), again(429, 5), again(202, 3));

  const answer = await client.submit('/talks', '{}');

  expect(answer?.status).toBe(202);
  expect(asked.map(({ after }) => after)).toEqual([0, 2 * second, 7 * second]);
  expect(new Set(asked.map(({ request }) => request)).size).toBe(1);
  expect(asked[0]?.request).toMatch(/^POST \/talks\r\nX-Forwarded-For: 10\.0\.1\.2\r\nIdempotency-Key: .{36}\r\n$/);
  expect(sum(tallies, (status) => status === 429)).toBe(1);
});

test('polls follow Retry-After until the end of the submission', async () => {
  const { asked, client } = useService(again(202, 2), again(503, 1), again(202, 30), { status: 200 });

  await client.poll('/one', { status: 202, head: 'HTTP/1.1 202\r\nRetry-After: 4', body: '' });

  expect(asked.map(({ after }) => after / second)).toEqual([4, 6, 7, 37]);
});

test('nobody polls after the end of the scenario', async () => {
  const { asked, client } = useService(again(202, 25));

  await client.poll('/one');

  expect(asked.map(({ after }) => after / second)).toEqual([0, 25, 50]);
});

test('who waits asks for news of the document that it has', async () => {
  const news = { status: 202, headers: 'ETag: "1"\r\nRetry-After: 2' };
  const { asked, client } = useService(news, { status: 200 });

  await client.wait('/one');

  expect(asked.map(({ after }) => after / second)).toEqual([0, 2]);
  expect(asked[0]?.request).not.toContain('Prefer');
  expect(asked[1]?.request).toContain('Prefer: wait=25\r\nIf-None-Match: "1"\r\n');
});
