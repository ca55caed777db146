import { post } from '../measure/http-client.ts';

/** Submits a talk. @returns its id */
export async function postTalk(url: string, talk: string): Promise<string> {
  const { status, headers } = await post(`${url}/api/submissions`, talk);
  if (status !== 202) throw new Error(`the submit was answered with ${status}`);
  return headers.location?.split('/').at(-1) ?? '';
}
