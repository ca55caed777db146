import { setTimeout as delay } from 'node:timers/promises';
import { type HttpClient, headerOf } from '../measure/http-client.ts';

/** Submits a talk as a polite client: it comes back when it is told to. @returns its id */
export async function postTalk(client: Pick<HttpClient, 'send'>, content: string, headers = ''): Promise<string> {
  for (;;) {
    const answer = await client.send('POST', '/api/submissions', { content, headers });
    if (answer.status === 202) return headerOf(answer, 'Location')?.split('/').at(-1) ?? '';
    const seconds = Number(headerOf(answer, 'Retry-After'));
    if (answer.status !== 503 && answer.status !== 429)
      throw new Error(`a submit was answered: ${answer.status} ${answer.body}`);
    await delay(seconds * 1_000);
  }
}
