import { describe, expect, test } from 'vitest';
import {
  changeProposal,
  poll,
  readProposal,
  type Status,
  submit,
  waitForResult,
  withdraw,
} from '../../client/index.ts';
import { aRequest } from '../support/fixtures.ts';
import { testThatHistoriesReplay, useDevServer } from '../support/temporal.ts';
import { withService } from '../support/with-service.ts';

const server = useDevServer();

describe('the library and a gateway', () => {
  test('H12, H14: follow a submission to its outcome, after which it is not withdrawn', async () => {
    const [result, refusal] = await withService(server, 'Succeeded', async (url) => {
      const { location, speakerToken = '' } = await submit(url, aRequest());
      const result = await waitForResult(location);
      return [result, await withdraw(location, speakerToken).catch((error: unknown) => error)];
    });

    expect(result).toMatchObject({ status: 'Succeeded', result: { outcome: 'accepted' } });
    expect(refusal).toMatchObject({ name: 'RefusedError', problem: { status: 409 } });
  });

  test('H18, H22: a withdrawal is told at once to a poll that is held', async () => {
    const seen: Status[] = [];

    const [withdrawn, again] = await withService(server, 'Running', async (url) => {
      const { location, speakerToken = '' } = await submit(url, aRequest());
      let change: Promise<Status> | undefined;
      const fetch: typeof globalThis.fetch = async (...args) => {
        const answer = globalThis.fetch(...args);
        // Once nothing else can be the news that it waits for.
        if (seen.at(-1)?.stage === 'moderation') change ??= withdraw(location, speakerToken);
        return answer;
      };
      for await (const status of poll(location, { fetch })) seen.push(status);
      return [await change, await withdraw(location, speakerToken)];
    });

    expect(withdrawn).toMatchObject({ status: 'Canceled' });
    expect(again).toEqual(withdrawn);
    expect(seen.at(-1)).toEqual(withdrawn);
    // It would be the same object where the service had nothing new to say.
    expect(new Set(seen).size).toBe(seen.length);
  });

  test('H37: correct the talk for the version that was read; the second of two is refused, and a repeated one is not', async () => {
    const [first, changed, repeated, refusal] = await withService(server, 'Running', async (url) => {
      const { location, speakerToken = '' } = await submit(url, aRequest({ notes: 'For you.' }));
      const first = await readProposal(location, speakerToken);
      const { etag } = first;
      const patch = { title: 'Corrected', notes: null };
      const changed = await changeProposal(location, speakerToken, { patch, etag });
      const repeated = await changeProposal(location, speakerToken, { patch, etag });
      const other = changeProposal(location, speakerToken, { patch: { title: 'Of another window' }, etag });
      return [first, changed, repeated, await other.catch((error: unknown) => error)] as const;
    });

    expect(first.proposal).toMatchObject({ version: 1, notes: 'For you.' });
    expect(changed.proposal).toMatchObject({ title: 'Corrected', version: 2 });
    expect(changed.proposal.notes).toBeUndefined();
    expect(repeated).toEqual(changed);
    expect(refusal).toMatchObject({ name: 'RefusedError', problem: { status: 412 } });
  });

  test('H30: no other token withdraws, and the submission is as it was', async () => {
    const [refusal, status] = await withService(server, 'Running', async (url) => {
      const [one, other] = [await submit(url, aRequest()), await submit(url, aRequest())];
      const refusal = await withdraw(one.location, other.speakerToken ?? '').catch((error: unknown) => error);
      const { value } = await poll(one.location).next();
      return [refusal, value];
    });

    expect(refusal).toMatchObject({ name: 'RefusedError', problem: { status: 401 } });
    expect(status).not.toMatchObject({ status: 'Canceled' });
  });
});

testThatHistoriesReplay(server, 5);
