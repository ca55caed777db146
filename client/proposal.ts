import { isListOf, isNumber, isObjectWith, isText } from './check.ts';
import type { Proposal, Submission } from './documents.ts';
import { UnexpectedAnswerError } from './errors.ts';
import { authorization, type Sent, send } from './send.ts';
import type { Options } from './session.ts';
import { httpUrl, withoutSlashes } from './url.ts';

/** `etag` says which version a change is meant for. */
export type StandingProposal = { readonly proposal: Proposal; readonly etag: string };

type Patch<Whole> = {
  readonly [Name in keyof Whole]?: undefined extends Whole[Name] ? Whole[Name] | null : Whole[Name];
};

/** What changes: `null` removes what is optional, and a list is replaced as a whole (RFC 7396). */
export type ProposalPatch = Patch<Omit<Submission, 'speaker'>> & { readonly speaker?: Patch<Submission['speaker']> };

/**
 * Returns what was submitted, as it stands, with what may be edited until when (contract H36).
 *
 * @param location as returned by `submit`; the token is sent nowhere else
 * @throws RefusedError when the token is not the submission's, or has ended (`problem.status` 401)
 * @throws TypeError when the token is malformed
 * @throws DeadlineError when there is no answer within `options.timeout` milliseconds (60,000 by default)
 */
export function readProposal(
  location: string | URL,
  speakerToken: string,
  options: Options = {},
): Promise<StandingProposal> {
  return ask({ method: 'GET' }, location, speakerToken, options);
}

/**
 * Changes what was submitted, and returns what stands then (contract H37). Repeating it succeeds.
 *
 * @param etag of the version that is changed, as `readProposal` returned it
 * @throws RefusedError when somebody else has changed it meanwhile (`problem.status` 412), when it may no longer be edited (409,
 *   or 422 for a single field), when the call rejects such a text (422), or as `readProposal`
 * @throws TypeError when the token is malformed
 * @throws DeadlineError after `options.timeout` milliseconds (60,000 by default); the change may have arrived all the same
 */
export function changeProposal(
  location: string | URL,
  speakerToken: string,
  { patch, etag }: { patch: ProposalPatch; etag: string },
  options: Options = {},
): Promise<StandingProposal> {
  const headers = { 'Content-Type': 'application/merge-patch+json', 'If-Match': etag };
  return ask({ method: 'PATCH', content: patch, headers }, location, speakerToken, options);
}

async function ask(
  request: Omit<Sent<Proposal>, 'url' | 'is'>,
  location: string | URL,
  speakerToken: string,
  options: Options,
): Promise<StandingProposal> {
  const url = new URL(`${withoutSlashes(httpUrl(location).href)}/proposal`);
  const headers = { ...request.headers, ...authorization(speakerToken, 'speaker token') };
  const { document, etag } = await send({ ...request, url, headers, is: isProposal }, options);
  if (etag === undefined) throw new UnexpectedAnswerError(`${url} answers without an entity tag`);
  return { proposal: document, etag };
}

const check = isObjectWith({
  ...{ title: isText, description: isText, version: isNumber, speaker: isObjectWith({ name: isText, email: isText }) },
  about: isObjectWith({ editable: isListOf(isText) }),
});
const isProposal = (content: unknown): content is Proposal => check(content);
