import { publicUrl } from './fixtures.ts';

type App = { request: (path: string, init: RequestInit) => Response | Promise<Response> };
type Fields = Record<string, string>;

/** As a browser sends a form of our pages. */
export const sendForm = async (app: App, path: string, fields: Fields = {}, headers: Fields = {}): Promise<Response> =>
  app.request(path, {
    method: 'POST',
    headers: {
      Accept: 'text/html',
      Origin: new URL(publicUrl).origin,
      'Content-Type': 'application/x-www-form-urlencoded',
      ...headers,
    },
    body: new URLSearchParams(fields).toString(),
  });
