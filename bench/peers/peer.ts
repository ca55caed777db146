import { readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import type { Processes } from '../measure/cpu.ts';
import type { Answer, HttpClient } from '../measure/http-client.ts';
import type { Submission } from './job.ts';

export type Peer = PeerApi & {
  name: string;
  version: string;
  processes: Processes;
  http: HttpClient;
  stop: () => Promise<void>;
};

export type PeerApi = {
  /** Answers with the new submission's id as soon as it is accepted. @param wait milliseconds before the last step */
  submit: (wait?: number) => Promise<string>;

  /** Submits, and waits for the outcome. */
  execute: () => Promise<unknown>;

  statusPath: (id: string) => string;
};

/** Milliseconds. On an idle machine it takes less than 5 s. */
const readyTimeout = 60_000;

/** Milliseconds between two attempts. */
const interval = 50;

const talk: Submission = JSON.parse(await readFile(new URL('../../examples/talk.json', import.meta.url), 'utf8'));

export const talkWith = (wait?: number): Submission => (wait === undefined ? talk : { ...talk, wait });

export async function post(http: HttpClient, path: string, content: object = talk): Promise<Answer> {
  const answer = await http.send('POST', path, { content: JSON.stringify(content) });
  if (answer.status >= 300) throw new Error(`POST ${path} was answered: ${answer.status} ${answer.body}`);
  return answer;
}

/** Tries again what a process that is still starting refuses. */
export async function untilAccepted(attempt: () => Promise<unknown>, stopping: AbortSignal): Promise<void> {
  const giveUpAt = performance.now() + readyTimeout;
  for (;;) {
    try {
      await attempt();
      return;
    } catch (error) {
      if (performance.now() > giveUpAt) throw error;
      await delay(interval, undefined, { signal: stopping });
    }
  }
}
