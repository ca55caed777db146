import { describe, expect, test } from 'vitest';
import { RefusedError, UnexpectedAnswerError, withdraw } from '../../client/index.ts';
import {
  answer,
  aService,
  aStatus,
  gapsOf,
  headersOf,
  location,
  lost,
  settle,
  speakerToken,
  useFakeClock,
} from '../support/service.ts';

useFakeClock();

const withdrawn = () => answer(202, aStatus({ status: 'Canceled' }), { Location: location });

describe('withdraw', () => {
  test('H12, H22: sends the token in the Authorization header, and gives the status', async () => {
    const { requests, fetch } = aService(withdrawn);

    const status = await settle(withdraw(location, speakerToken, { fetch }));

    expect(status).toEqual(aStatus({ status: 'Canceled' }));
    expect(requests).toMatchObject([{ url: location, init: { method: 'DELETE', redirect: 'manual' } }]);
    expect(Object.fromEntries(new Headers(requests[0]?.init.headers))).toEqual({
      authorization: `Bearer ${speakerToken}`,
    });
  });

  test('H22: tries again what may pass, at the pace of the service', async () => {
    const { requests, fetch } = aService(lost, () => answer(503, {}, { 'Retry-After': '7' }), withdrawn);

    const status = await settle(withdraw(location, speakerToken, { fetch }));

    expect(status).toMatchObject({ status: 'Canceled' });
    expect(gapsOf(requests)).toEqual([500, 7_000]);
    expect(headersOf(requests, 'Authorization')).toEqual(Array(3).fill(`Bearer ${speakerToken}`));
  });

  test.each([
    [401, 'unauthorized'],
    [404, 'not-found'],
    [409, 'submission-concluded'],
  ])('refuses at once what %i refuses', async (status, code) => {
    const problem = { type: `https://cfs.example.org/problems#${code}`, title: 'It is refused', status };
    const { requests, fetch } = aService(() => answer(status, problem));

    const error = await settle(withdraw(location, speakerToken, { fetch }));

    expect(error).toBeInstanceOf(RefusedError);
    expect(error).toMatchObject({ problem });
    expect(requests).toHaveLength(1);
  });

  test('takes the token nowhere else', async () => {
    const elsewhere = { Location: 'https://evil.example/1' };
    const { requests, fetch } = aService(
      () => answer(503, {}, elsewhere),
      () => new Response(null, { status: 307, headers: elsewhere }),
    );

    const error = await settle(withdraw(location, speakerToken, { fetch }));

    expect(error).toBeInstanceOf(UnexpectedAnswerError);
    expect(requests.map(({ url }) => url)).toEqual([location, location]);
  });

  test.each(['', 'two words', 'two\nlines', 'tökén'])('takes %j for no token, without saying it', async (wrong) => {
    const { requests, fetch } = aService(withdrawn);

    const error = await settle(withdraw(location, wrong, { fetch }));

    expect(error).toEqual(new TypeError('this is not a valid speaker token'));
    expect(requests).toHaveLength(0);
  });

  test('gives up after a minute where nothing else is said', async () => {
    const { fetch } = aService(lost);

    const error = await settle(withdraw(location, speakerToken, { fetch }));

    expect(error).toMatchObject({ name: 'DeadlineError', message: 'no answer in time' });
  });
});
