import { isListOf, isObjectWith, isOneOf, isText, optional } from './check.ts';
import type { Talk } from './documents.ts';
import { authorization, send } from './send.ts';
import type { Options } from './session.ts';
import { isStatus } from './status.ts';
import { apiUrl } from './url.ts';

/**
 * Has a mail sent to an address that has talks here, with a link that works for an hour (contract H39). It tells nothing about
 * the address: without talks, no mail comes.
 *
 * @param server base of the service's URLs
 * @param email as it was given with the talks
 * @throws RefusedError when it is no e-mail address (`problem.status` 422)
 * @throws DeadlineError when there is no answer within `options.timeout` milliseconds (60,000 by default)
 */
export async function requestAccess(server: string | URL, email: string, options: Options = {}): Promise<void> {
  await send({ url: apiUrl(server, 'access'), method: 'POST', content: { email }, is: isAnything }, options);
}

/**
 * Returns the talks of the address that a mail went to, the proved ones first and of these the newest, at most 100. A `speakerToken` changes its talk; where
 * the address isn't proved yet, there is a `proofToken` in its place.
 *
 * @param server base of the service's URLs; the code is sent nowhere else
 * @param code the link in the mail, or what stands after its `#`
 * @throws RefusedError when its hour is over, or it is none (`problem.status` 401)
 * @throws TypeError when it is malformed
 * @throws DeadlineError when there is no answer within `options.timeout` milliseconds (60,000 by default)
 */
export async function readTalks(server: string | URL, code: string, options: Options = {}): Promise<readonly Talk[]> {
  const headers = authorization(codeIn(code), 'link to talks, or code of one');
  const { document } = await send({ url: apiUrl(server, 'talks'), method: 'GET', headers, is: isTalks }, options);
  return document.items;
}

export function codeIn(link: string): string {
  return link.slice(link.lastIndexOf('#') + 1).trim();
}

const anything = isObjectWith({});
const isAnything = (content: unknown): content is object => anything(content);

const talks = isObjectWith({
  items: isListOf(
    isObjectWith({
      ...{ id: isText, title: isText, status: isStatus, isProved: isOneOf([true, false]) },
      ...{ speakerToken: optional(isText), proofToken: optional(isText) },
    }),
  ),
});
const isTalks = (content: unknown): content is { items: readonly Talk[] } => talks(content);
