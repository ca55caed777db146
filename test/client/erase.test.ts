import { describe, expect, test } from 'vitest';
import { erase, RefusedError } from '../../client/index.ts';
import { answer, aService, gapsOf, headersOf, lost, settle, useFakeClock } from '../support/service.ts';

useFakeClock();

const id = '8c4a346a0853d91a8a532b6790729547';
const erased = (state = 'erased') => answer(state === 'erased' ? 200 : 202, { id, state });

describe('erase', () => {
  test('asks the API of the organisers with their token, and gives what has become of it', async () => {
    const { requests, fetch } = aService(() => erased('erasing'));

    const erasure = await settle(erase('https://cfs.example.org/base/', id, 'a-token', { fetch }));

    expect(erasure).toEqual({ id, state: 'erasing' });
    expect(requests).toMatchObject([
      { url: `https://cfs.example.org/base/api/organiser/submissions/${id}`, init: { method: 'DELETE' } },
    ]);
    expect(headersOf(requests, 'Authorization')).toEqual(['Bearer a-token']);
  });

  test('tries again what may pass, at the pace of the service', async () => {
    const { requests, fetch } = aService(lost, () => answer(503, {}, { 'Retry-After': '7' }), erased);

    expect(await settle(erase('https://cfs.example.org', id, 'a-token', { fetch }))).toEqual({ id, state: 'erased' });

    expect(gapsOf(requests)).toEqual([500, 7_000]);
  });

  test('is refused at once by who may not, or where nothing is', async () => {
    const problem = { type: 'https://cfs.example.org/problems#unauthorized', title: 'It is refused', status: 401 };
    const { requests, fetch } = aService(() => answer(401, problem));

    const error = await settle(erase('https://cfs.example.org', id, 'a-token', { fetch }));

    expect(error).toBeInstanceOf(RefusedError);
    expect(requests).toHaveLength(1);
  });

  test('takes an id for no path, and a text of two words for no token', async () => {
    const { requests, fetch } = aService(erased);

    await settle(erase('https://cfs.example.org', '../../x', 'a-token', { fetch }));
    const error = await settle(erase('https://cfs.example.org', id, 'two words', { fetch }));

    expect(requests.map(({ url }) => url)).toEqual(['https://cfs.example.org/api/organiser/submissions/..%2F..%2Fx']);
    expect(error).toEqual(new TypeError('this is no token of an organiser'));
  });
});
