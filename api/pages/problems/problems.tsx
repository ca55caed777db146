import { type ProblemCode, problems } from '../../http/problems.ts';
import { Frame } from '../frame/frame.tsx';
import { html, type Page } from '../routing/page.ts';
import type { Site } from '../site.ts';
import { texts } from '../texts.ts';

/** The page that the `type` of every problem points to, with an anchor for each code. */
export function problemsPage({ site }: { site: Site }): Page {
  const answer = html(
    <Frame site={site} title={texts.problems.title}>
      <h1>{texts.problems.title}</h1>
      <p class="lead">{texts.problems.lead}</p>
      <p>
        <a href={site.path('/reference')}>{texts.problems.where}</a>
      </p>
      {Object.keys(problems)
        .filter(isCode)
        .map((code) => (
          <Problem code={code} />
        ))}
    </Frame>,
    { cache: 'public, max-age=300' },
  );
  return { path: '/problems', get: () => answer };
}

const Problem = ({ code }: { code: ProblemCode }) => {
  const { status, title, advice } = problems[code];
  return (
    <section id={code}>
      <h2>{title}</h2>
      <p>
        <code>{code}</code>, status {status}
      </p>
      <p>{advice}</p>
    </section>
  );
};

function isCode(name: string): name is ProblemCode {
  return name in problems;
}
