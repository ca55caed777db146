import { describe, expect, test } from 'vitest';
import { RefusedError, readTalks, requestAccess, UnexpectedAnswerError } from '../../client/index.ts';
import { answer, aService, aStatus, gapsOf, headersOf, lost, settle, useFakeClock } from '../support/service.ts';

useFakeClock();

const server = 'https://cfs.example.org/some/where/';
const code = '1.a.WyJhIiwxXQ.an-hmac_of-it';
const talk = { id: '1', title: 'A talk', status: aStatus(), isProved: true, speakerToken: 'a.b' };
const talks = () => answer(200, { items: [talk] });

describe('requestAccess', () => {
  test('H39: sends the address, and says nothing about it', async () => {
    const { requests, fetch } = aService(() => answer(202, {}, { 'Retry-After': '60' }));

    const result = await settle(requestAccess(server, 'ada@example.org', { fetch }));

    expect(result).toBeUndefined();
    expect(requests).toMatchObject([
      { url: `${server}api/access`, init: { method: 'POST', body: '{"email":"ada@example.org"}' } },
    ]);
  });

  test('tries again what may pass, at the pace of the service', async () => {
    const { requests, fetch } = aService(
      lost,
      () => answer(429, {}, { 'Retry-After': '7' }),
      () => answer(202, {}),
    );

    expect(await settle(requestAccess(server, 'ada@example.org', { fetch }))).toBeUndefined();
    expect(gapsOf(requests)).toEqual([500, 7_000]);
  });

  test('refuses at once what is no address', async () => {
    const problem = { type: 'https://cfs.example.org/problems#invalid-command', title: 'It is not valid', status: 422 };
    const { requests, fetch } = aService(() => answer(422, problem));

    expect(await settle(requestAccess(server, 'ada', { fetch }))).toBeInstanceOf(RefusedError);
    expect(requests).toHaveLength(1);
  });
});

describe('readTalks', () => {
  test.each([code, `https://cfs.example.org/mine#${code}`, ` ${code}\n`])(
    'H12, H39: takes %j, and sends the code in the Authorization header alone',
    async (given) => {
      const { requests, fetch } = aService(talks);

      const items = await settle(readTalks(server, given, { fetch }));

      expect(items).toEqual([talk]);
      expect(requests).toMatchObject([{ url: `${server}api/talks`, init: { method: 'GET' } }]);
      expect(headersOf(requests, 'Authorization')).toEqual([`Bearer ${code}`]);
    },
  );

  test('sends nothing that is no code', async () => {
    const { requests, fetch } = aService(talks);

    const error = await settle(readTalks(server, 'two words', { fetch }));

    expect(error).toBeInstanceOf(TypeError);
    expect(String(error)).not.toContain('two words');
    expect(requests).toEqual([]);
  });

  test('takes no other answer for talks', async () => {
    const { fetch } = aService(() => answer(200, { items: [{ ...talk, status: 'fine' }] }));

    expect(await settle(readTalks(server, code, { fetch }))).toBeInstanceOf(UnexpectedAnswerError);
  });
});
