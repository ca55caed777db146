import type { Context } from 'hono';
import { problemSchema } from '../../../contract/http/problem.ts';
import { type ProposalDocument, proposalSchema } from '../../../contract/http/proposal.ts';
import { type ProblemCode, problems } from '../../http/problems.ts';
import { Refusal } from '../../http/refusal.ts';
import type { Holder } from '../own/holder.ts';
import type { AskApi } from '../page-dependencies.ts';

/** With the tag that a change of it names. */
export type Proposal = { document: ProposalDocument; tag: string };

/** `code`: of the problem. */
export type Refused = { code: string; refusal: Refusal };

/** @throws Refusal of the API */
export async function readProposal(askApi: AskApi, c: Context, holder: Holder): Promise<Proposal> {
  const answer = await askApi(c, pathOf(holder), { headers: bearer(holder) });
  if (!answer.ok) throw (await refusedIn(answer)).refusal;
  return proposalIn(answer);
}

/** What came of a change: the proposal as it stands now, or why nothing was changed. */
export async function changeProposal(
  askApi: AskApi,
  c: Context,
  holder: Holder,
  { patch, tag }: { patch: object; tag: string },
): Promise<Proposal | Refused> {
  const headers = { ...bearer(holder), 'Content-Type': 'application/merge-patch+json', 'If-Match': tag };
  const answer = await askApi(c, pathOf(holder), { method: 'PATCH', headers, body: JSON.stringify(patch) });
  return answer.ok ? proposalIn(answer) : refusedIn(answer);
}

const pathOf = ({ id }: Holder) => `/api/submissions/${id}/proposal`;

const bearer = ({ token }: Holder) => ({ Authorization: `Bearer ${token}` });

async function proposalIn(answer: Response): Promise<Proposal> {
  return { document: proposalSchema.parse(await answer.json()), tag: answer.headers.get('ETag') ?? '' };
}

async function refusedIn(answer: Response): Promise<Refused> {
  const { type, title: _, status: __, ...extensions } = problemSchema.parse(await answer.json());
  const code = type.split('#')[1] ?? '';
  const retryAfter = answer.headers.get('Retry-After');
  const headers = retryAfter === null ? {} : { 'Retry-After': retryAfter };
  return { code, refusal: new Refusal(isCode(code) ? code : 'internal-error', extensions, { headers }) };
}

function isCode(name: string): name is ProblemCode {
  return Object.hasOwn(problems, name);
}
