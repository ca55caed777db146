import { describe, expect, test } from 'vitest';
import { attend, preview } from '../../client/index.ts';
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

const confirmed = () =>
  answer(200, aStatus({ status: 'Succeeded', result: { outcome: 'accepted', attendance: 'confirmed' } }));

describe('attend', () => {
  test('sends the answer with the token in the header, and gives the status', async () => {
    const { requests, fetch } = aService(confirmed);

    const status = await settle(attend(location, speakerToken, 'confirmed', { fetch }));

    expect(status).toMatchObject({ result: { attendance: 'confirmed' } });
    expect(requests).toMatchObject([
      { url: `${location}/attendance`, init: { method: 'PUT', body: '{"attendance":"confirmed"}' } },
    ]);
    expect(headersOf(requests, 'Authorization')).toEqual([`Bearer ${speakerToken}`]);
  });

  test('tries again what may pass, at the pace of the service', async () => {
    const { requests, fetch } = aService(lost, () => answer(503, {}, { 'Retry-After': '7' }), confirmed);

    await settle(attend(location, speakerToken, 'declined', { fetch }));

    expect(gapsOf(requests)).toEqual([500, 7_000]);
  });

  test('takes a text of two words for no token', async () => {
    const { requests, fetch } = aService(confirmed);

    const error = await settle(attend(location, 'two words', 'confirmed', { fetch }));

    expect(error).toEqual(new TypeError('this is no speaker token'));
    expect(requests).toEqual([]);
  });
});

test('preview asks the API of the organisers, with their token', async () => {
  const text = { name: 'accepted', subject: 'Yes', text: 'Dear Ada', html: '<p>Dear Ada</p>' };
  const { requests, fetch } = aService(() => answer(200, text));

  expect(await settle(preview('https://cfs.example.org/base/', 'accepted', 'a-token', { fetch }))).toEqual(text);

  expect(requests).toMatchObject([{ url: 'https://cfs.example.org/base/api/organiser/templates/accepted' }]);
  expect(headersOf(requests, 'Authorization')).toEqual(['Bearer a-token']);
});
