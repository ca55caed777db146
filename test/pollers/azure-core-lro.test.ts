import {
  createHttpPoller,
  type OperationResponse,
  type OperationState,
  type RestorableOperationState,
} from '@azure/core-lro';
import { describe, expect, test } from 'vitest';
import { aRequest } from '../support/fixtures.ts';
import { testThatHistoriesReplay, useDevServer } from '../support/temporal.ts';
import { withService } from '../support/with-service.ts';

const server = useDevServer();

/** What an Azure SDK does with its own HTTP pipeline. */
async function send(url: string, init: RequestInit & { method: string }): Promise<OperationResponse> {
  const response = await fetch(url, init);
  const body: unknown = await response.json();
  return {
    flatResponse: body,
    rawResponse: {
      statusCode: response.status,
      headers: Object.fromEntries(response.headers),
      body,
      request: { method: init.method, url },
    },
  };
}

/** Where the first answer has an Operation-Location the poller goes by the words of `status`, else by the codes. */
async function submitAndPoll(service: string, mode: 'OperationLocation' | 'ResourceLocation') {
  const codes: number[] = [];
  const poller = createHttpPoller<unknown, RestorableOperationState<unknown, OperationState<unknown>>>({
    sendInitialRequest: async () => {
      const answer = await send(`${service}/api/submissions`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(aRequest()),
      });
      if (mode === 'ResourceLocation') delete answer.rawResponse.headers['operation-location'];
      return answer;
    },
    sendPollRequest: async (url) => {
      const answer = await send(url, { method: 'GET' });
      codes.push(answer.rawResponse.statusCode);
      return answer;
    },
  });
  const outcome = await poller.pollUntilDone().catch((error: Error) => error.message);
  return { mode: poller.operationState?.config.metadata?.mode, status: poller.operationState?.status, outcome, codes };
}

describe('H1, H7, H14: @azure/core-lro, from submit to the end', () => {
  test.each([
    ['Succeeded', 'succeeded', expect.objectContaining({ status: 'Succeeded', result: { outcome: 'accepted' } })],
    ['Failed', 'failed', expect.stringContaining('The long-running operation has failed. processing-failed.')],
    ['Canceled', 'canceled', 'Operation was canceled'],
  ] as const)('by Operation-Location, to %s', async (end, status, outcome) => {
    const polled = await withService(server, end, (url) => submitAndPoll(url, 'OperationLocation'));

    expect(polled).toMatchObject({ mode: 'OperationLocation', status, outcome });
    expect([...new Set(polled.codes)]).toEqual([202, 200]);
  });

  test.each(['Succeeded', 'Failed', 'Canceled'] as const)('by Location, to the document that says %s', async (end) => {
    const polled = await withService(server, end, (url) => submitAndPoll(url, 'ResourceLocation'));

    // In this mode every 200 is a success to the poller: the result has the word.
    expect(polled).toMatchObject({ mode: 'ResourceLocation', status: 'succeeded', outcome: { status: end } });
    expect([...new Set(polled.codes)]).toEqual([202, 200]);
  });
});

testThatHistoriesReplay(server, 6);
