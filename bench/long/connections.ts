import pLimit from 'p-limit';
import { type Answer, createHttpClient, type HttpClient } from '../measure/http-client.ts';

export type Send = (url: string, options?: { method?: string; headers?: string; content?: string }) => Promise<Answer>;

/** Sends requests over connections that are kept, so many at most. */
export function openConnections(most: number): Send {
  const limit = pLimit(most);
  const clients = new Map<string, HttpClient>();
  return (url, { method = 'GET', ...request } = {}) => {
    const { origin, pathname } = new URL(url);
    const client = clients.get(origin) ?? createHttpClient(origin);
    clients.set(origin, client);
    return limit(() => client.send(method, pathname, request));
  };
}
