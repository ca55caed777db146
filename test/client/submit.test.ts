import { describe, expect, test } from 'vitest';
import { submit, UnexpectedAnswerError } from '../../client/index.ts';
import { aRequest } from '../support/fixtures.ts';
import {
  answer,
  aService,
  aStatus,
  headersOf,
  location,
  lost,
  running,
  settle,
  speakerToken,
  submitted,
  useFakeClock,
} from '../support/service.ts';

useFakeClock();

describe('submit', () => {
  test.each(['https://cfs.example.org', 'https://cfs.example.org/', new URL('https://cfs.example.org')])(
    'H12: posts to %s with an Idempotency-Key, and gives the Location, the status, and the token apart',
    async (server) => {
      const { requests, fetch } = aService(submitted);

      const given = await settle(submit(server, aRequest(), { fetch }));

      expect(given).toEqual({ location, status: aStatus(), speakerToken });
      expect(Object.fromEntries(new Headers(requests[0]?.init.headers))).toEqual({
        'content-type': 'application/json',
        'idempotency-key': expect.stringMatching(/^[0-9a-f-]{36}$/),
      });
      expect(requests).toMatchObject([
        {
          url: 'https://cfs.example.org/api/submissions',
          init: {
            method: 'POST',
            body: JSON.stringify(aRequest()),
          },
        },
      ]);
    },
  );

  test('keeps the path of a service that lives below one', async () => {
    const { requests, fetch } = aService(submitted);

    await settle(submit('https://example.org/cfs', aRequest(), { fetch }));

    expect(requests[0]?.url).toBe('https://example.org/cfs/api/submissions');
  });

  test('H10: sends the same key with each attempt', async () => {
    const { requests, fetch } = aService(lost, () => answer(503, {}), submitted);

    await settle(submit('https://cfs.example.org', aRequest(), { fetch }));

    const keys = headersOf(requests, 'Idempotency-Key');
    expect(keys).toHaveLength(3);
    expect(new Set(keys).size).toBe(1);
  });

  test('says what is wrong with a submission', async () => {
    const problem = {
      type: 'https://cfs.example.org/problems#invalid-submission',
      title: 'The submission is not valid',
      status: 422,
      errors: [{ pointer: '/title', detail: 'is required' }],
    };
    const { fetch } = aService(() => answer(422, problem));

    const error = await settle(submit('https://cfs.example.org', aRequest(), { fetch }));

    expect(error).toMatchObject({
      name: 'RefusedError',
      problem,
      message: 'The submission is not valid\n  /title is required',
    });
  });

  test('takes a key that no header can carry for an error at once', async () => {
    const { requests, fetch } = aService(lost);

    const error = await settle(submit('https://cfs.example.org', aRequest(), { fetch, idempotencyKey: 'two\nlines' }));

    expect(error).toBeInstanceOf(TypeError);
    expect(requests).toHaveLength(0);
  });

  test('H12: is given no token with a submission that is more than a day old', async () => {
    const { fetch } = aService(() => running({ Location: location }));

    const given = await settle(submit('https://cfs.example.org', aRequest(), { fetch, idempotencyKey: 'a-key' }));

    expect(given).toEqual({ location, status: aStatus() });
  });

  test('takes an answer that does not say where to poll for none of this service', async () => {
    const { fetch } = aService(() => answer(202, { ...aStatus(), speakerToken }));

    expect(await settle(submit('https://cfs.example.org', aRequest(), { fetch }))).toBeInstanceOf(
      UnexpectedAnswerError,
    );
  });

  test('gives up after a minute where nothing else is said', async () => {
    const { fetch } = aService(lost);

    const error = await settle(submit('https://cfs.example.org', aRequest(), { fetch }));

    expect(error).toMatchObject({ name: 'DeadlineError', message: 'no answer in time' });
  });
});
