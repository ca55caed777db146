import { poll, type Status } from '../../client/index.ts';

/** What a client that follows one talk has seen so far. */
export type Followed = {
  /** Answers of 503 with a Retry-After, which the contract allows. */
  postponed: number;
  /** What it doesn't allow: another failure, or a connection that broke. */
  failures: string[];
  ended: Promise<Status | undefined>;
};

const allowed = [200, 202, 304];

/** Polls as the service's own client does, to the end. */
export function followTalk(location: string, signal: AbortSignal): Followed {
  const followed: Followed = { postponed: 0, failures: [], ended: lastOf() };
  return followed;

  async function lastOf(): Promise<Status | undefined> {
    let last: Status | undefined;
    for await (const status of poll(location, { signal, fetch: watched })) last = status;
    return last;
  }

  async function watched(url: URL, init: RequestInit): Promise<Response> {
    try {
      const response = await fetch(url, init);
      if (response.status === 503 && response.headers.has('Retry-After')) followed.postponed += 1;
      else if (!allowed.includes(response.status)) followed.failures.push(`${url} answers ${response.status}`);
      return response;
    } catch (error) {
      if (!signal.aborted) followed.failures.push(`${url}: ${error instanceof Error ? error.message : error}`);
      throw error;
    }
  }
}
