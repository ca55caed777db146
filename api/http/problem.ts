import type { Problem } from '../../contract/http/problem.ts';
import { type ProblemCode, problems } from './problems.ts';

export type Extensions = Partial<Pick<Problem, 'detail' | 'errors'>> & Record<string, unknown>;

/** An absolute URL, below the deployment's public URL (contract H25). */
export const problemType = (publicUrl: string, code: ProblemCode) => `${publicUrl}/problems#${code}`;

/** With 401: the credentials that are asked for. */
export const challenge = 'Bearer realm="call-for-speakers"';

/** Makes the problem documents of one deployment. */
export function createProblems(publicUrl: string) {
  return (code: ProblemCode, extensions: Extensions = {}) => {
    const { status, title } = problems[code];
    const document = { ...extensions, type: problemType(publicUrl, code), title, status } satisfies Problem;
    const body = JSON.stringify(document);
    const headers: Record<string, string> = {
      'Content-Type': 'application/problem+json',
      'Content-Length': String(Buffer.byteLength(body)),
      'Cache-Control': 'no-store',
      ...(status === 503 ? { 'Retry-After': String(secondsToRetry()) } : {}),
      // The same whether the credential is missing, wrong or insufficient (contract H30).
      ...(status === 401 ? { 'WWW-Authenticate': challenge } : {}),
    };
    return { status, headers, body };
  };
}

/** Spread over some seconds, so that the clients don't all come back at once after an outage. */
function secondsToRetry(): number {
  return 2 + Math.floor(Math.random() * 4);
}
