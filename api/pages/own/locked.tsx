import type { SubmissionId } from '../../../contract/submission-id.ts';
import { challenge } from '../../http/problem.ts';
import { html, type PageAnswer } from '../routing/page.ts';
import type { Site } from '../site.ts';
import { KeyPage } from './key-page.tsx';

/** For whoever has no key, or a wrong one: the same whether or not there is a talk (contract H30, H43). */
export function locked(site: Site, id: SubmissionId, isWrong: boolean): PageAnswer {
  const headers = { 'WWW-Authenticate': challenge };
  return html(<KeyPage site={site} id={id} isWrong={isWrong} />, { status: 401, headers });
}
