import { describe, expect, test } from 'vitest';
import { changeProposal, RefusedError, readProposal, UnexpectedAnswerError } from '../../client/index.ts';
import {
  answer,
  aService,
  gapsOf,
  headersOf,
  location,
  lost,
  settle,
  speakerToken,
  useFakeClock,
} from '../support/service.ts';

useFakeClock();

const proposal = {
  ...{ title: 'A talk', description: 'What it is about.', track: 'web', format: 'talk', version: 2 },
  speaker: { name: 'Ada', email: 'ada@example.org' },
  about: { isProved: true, editable: ['title'], reminders: 'on', coSpeakers: [] },
};
const stands = (headers: Record<string, string> = { ETag: '"two"' }) => answer(200, proposal, headers);

describe('readProposal', () => {
  test('H36: sends the token in the header alone, and gives the proposal with its tag', async () => {
    const { requests, fetch } = aService(() => stands());

    const read = await settle(readProposal(`${location}/`, speakerToken, { fetch }));

    expect(read).toEqual({ proposal, etag: '"two"' });
    expect(requests).toMatchObject([{ url: `${location}/proposal`, init: { method: 'GET' } }]);
    expect(headersOf(requests, 'Authorization')).toEqual([`Bearer ${speakerToken}`]);
  });

  test.each([
    ['without a tag', () => stands({})],
    ['of something else', () => answer(200, { title: 'A talk' }, { ETag: '"two"' })],
  ])('takes no answer %s', async (_, given) => {
    const { fetch } = aService(given);

    expect(await settle(readProposal(location, speakerToken, { fetch }))).toBeInstanceOf(UnexpectedAnswerError);
  });
});

describe('changeProposal', () => {
  const change = { patch: { title: 'A talk', notes: null, speaker: { bio: null } }, etag: '"one"' };

  test('H37: sends a merge patch for the version that was read, again where its answer was lost', async () => {
    const { requests, fetch } = aService(
      lost,
      () => answer(503, {}, { 'Retry-After': '7' }),
      () => stands(),
    );

    const changed = await settle(changeProposal(location, speakerToken, change, { fetch }));

    expect(changed).toEqual({ proposal, etag: '"two"' });
    expect(gapsOf(requests)).toEqual([500, 7_000]);
    expect(requests[2]).toMatchObject({
      url: `${location}/proposal`,
      init: { method: 'PATCH', body: JSON.stringify(change.patch) },
    });
    expect(headersOf(requests, 'Content-Type')).toEqual(Array(3).fill('application/merge-patch+json'));
    expect(headersOf(requests, 'If-Match')).toEqual(Array(3).fill('"one"'));
  });

  test.each([409, 412, 422])('%i: is refused at once', async (status) => {
    const problem = { type: 'https://cfs.example.org/problems#edits-over', title: 'Too late', status };
    const { requests, fetch } = aService(() => answer(status, problem));

    const error = await settle(changeProposal(location, speakerToken, change, { fetch }));

    expect(error).toBeInstanceOf(RefusedError);
    expect(requests).toHaveLength(1);
  });
});
