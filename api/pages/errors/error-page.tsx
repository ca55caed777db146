import { type ProblemCode, problems } from '../../http/problems.ts';
import { Frame } from '../frame/frame.tsx';
import { markupOf } from '../routing/page.ts';
import type { Site } from '../site.ts';
import { texts } from '../texts.ts';

type Words = { title: string; lead: string };

const words: Partial<Record<ProblemCode, Words>> = {
  'not-found': texts.errors.notFound,
  erased: texts.errors.erased,
  'temporarily-unavailable': texts.errors.down,
  'too-many-requests': texts.errors.tooMany,
  'cross-origin-form': texts.errors.foreign,
  'internal-error': texts.errors.broken,
};

/** Pages of errors, each the same whatever led to it (contract H43), and made from memory: nothing has to be in reach. */
export function createErrorPages(site: Site): (code: ProblemCode) => string {
  const made = new Map<ProblemCode, string>();
  return (code) => {
    const known = made.get(code) ?? markupOf(<ErrorPage site={site} code={code} />);
    made.set(code, known);
    return known;
  };
}

const ErrorPage = ({ site, code }: { site: Site; code: ProblemCode }) => {
  const { title, lead } = words[code] ?? { title: problems[code].title, lead: texts.errors.other.lead };
  return (
    <Frame site={site} title={title}>
      <h1>{title}</h1>
      <p class="lead">{lead}</p>
      <p>
        <a href={site.path('/')}>{texts.errors.toCall}</a>
      </p>
      <p>
        <a href={site.path('/access')}>{texts.errors.getLink}</a>
      </p>
    </Frame>
  );
};
