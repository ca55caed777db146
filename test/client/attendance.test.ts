import { describe, expect, test } from 'vitest';
import { cancel, confirm, decline } from '../../client/index.ts';
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

const answered = (attendance: 'confirmed' | 'declined' | 'canceled') => () =>
  answer(200, aStatus({ status: 'Succeeded', result: { outcome: 'accepted', attendance } }));

describe('the answer to an acceptance', () => {
  test.each([
    ['confirmed', confirm],
    ['declined', decline],
    ['canceled', cancel],
  ] as const)('%s: is sent with the token in the header, and the status is given', async (attendance, send) => {
    const { requests, fetch } = aService(answered(attendance));

    const status = await settle(send(location, speakerToken, { fetch }));

    expect(status).toEqual(aStatus({ status: 'Succeeded', result: { outcome: 'accepted', attendance } }));
    expect(requests).toMatchObject([
      { url: `${location}/attendance`, init: { method: 'PUT', body: JSON.stringify({ attendance }) } },
    ]);
    expect(headersOf(requests, 'Authorization')).toEqual([`Bearer ${speakerToken}`]);
  });

  test('is repeated after failures that may pass, at the pace of the service', async () => {
    const { requests, fetch } = aService(lost, () => answer(503, {}, { 'Retry-After': '7' }), answered('declined'));

    await settle(decline(location, speakerToken, { fetch }));

    expect(gapsOf(requests)).toEqual([500, 7_000]);
  });

  test('takes a text of two words for no token', async () => {
    const { requests, fetch } = aService(answered('confirmed'));

    const error = await settle(confirm(location, 'two words', { fetch }));

    expect(error).toEqual(new TypeError('this is not a valid speaker token'));
    expect(requests).toEqual([]);
  });
});
