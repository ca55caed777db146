import type { OwnTalk as Item } from '../../people/own-talks.ts';
import { CodeForm, codeScripts } from '../code/code-form.tsx';
import { Frame } from '../frame/frame.tsx';
import { Tag } from '../parts/tag.tsx';
import type { Site } from '../site.ts';
import { faceOf, tagKinds } from '../submission/face.ts';
import { texts } from '../texts.ts';

type Props = { site: Site; items: readonly Item[]; isOpen: boolean; hasScript: boolean };

const words = texts.mine;

export const Talks = ({ site, items, isOpen, hasScript }: Props) => (
  <Frame site={site} title={words.title} styles={['mine/mine.css']} scripts={codeScripts}>
    <h1 tabindex={-1} data-focus>
      {words.title}
    </h1>
    <p class="lead">{items.length === 0 ? words.empty : words.asked(items.filter(isAsked).length)}</p>
    {items.length > 0 && (
      // biome-ignore lint/a11y/noRedundantRoles: without list-style, one browser takes the role away.
      <ul class="talks" role="list">
        {[...items.filter(isAsked), ...items.filter((item) => !isAsked(item))].map((item) => (
          <li>
            <Talk site={site} item={item} hasScript={hasScript} />
          </li>
        ))}
      </ul>
    )}
    {isOpen && (
      <p>
        <a class="button quiet" href={site.path('/propose')}>
          {items.length === 0 ? words.propose : words.another}
        </a>
      </p>
    )}
    <p class="hint">{words.anHour}</p>
  </Frame>
);

/** Whether it waits for its speaker. */
function isAsked(item: Item): boolean {
  return faceOf(item.status) === 'awaited' || isUnanswered(item);
}

/** Whether nobody has said yet whose it is. */
function isUnanswered({ proofToken, status }: Item): boolean {
  return proofToken !== undefined && faceOf(status) !== 'withdrawn';
}

const Talk = ({ site, item, hasScript }: { site: Site; item: Item; hasScript: boolean }) => {
  const { id, title, status, speakerToken, proofToken } = item;
  const face = faceOf(status);
  return (
    <>
      <h2 dir="auto">{title}</h2>
      <p>
        <Tag kind={tagKinds[face]}>{texts.submission.tags[face]}</Tag>{' '}
        {isUnanswered(item) ? words.unproved : words.lines[face]}
      </p>
      {speakerToken !== undefined && (
        <Own site={site} id={id} title={title} token={speakerToken} hasScript={hasScript} isAsked={isAsked(item)} />
      )}
      {proofToken !== undefined && isUnanswered(item) && (
        <Unproved site={site} id={id} title={title} token={proofToken} />
      )}
    </>
  );
};

type OwnProps = { site: Site; id: string; title: string; token: string; hasScript: boolean; isAsked: boolean };

const Own = ({ site, id, title, token, hasScript, isAsked: isToAnswer }: OwnProps) => {
  const open = isToAnswer ? words.answer : words.openTalk;
  const page = site.path(`/submissions/${id}`);
  if (hasScript)
    return (
      <p>
        <a class="button quiet" href={`${page}#${token}`}>
          {open}
          <Of title={title} />
        </a>
        {/* Not on paper, where links are written out. */}
        <a class="screen" href={`${page}/end-links#${token}`}>
          {words.endLinks}
          <Of title={title} />
        </a>
      </p>
    );
  return (
    <form method="post" action={`${page}/key`}>
      <input type="hidden" name="code" value={token} />
      <button type="submit" class="quiet">
        {open}
        <Of title={title} />
      </button>
      <button type="submit" class="plain" name="step" value="end-links">
        {words.endLinks}
        <Of title={title} />
      </button>
    </form>
  );
};

const Unproved = ({ site, id, title, token }: { site: Site; id: string; title: string; token: string }) => {
  const page = site.path(`/submissions/${id}`);
  return (
    <div class="answers">
      <CodeForm
        action={`${page}/proof`}
        api={{ path: '/proof', content: { answer: 'mine' }, said: 'proved', saidAgain: 'already-proved' }}
        code={token}
      >
        <button type="submit" class="quiet">
          {words.mine}
          <Of title={title} />
        </button>
      </CodeForm>
      <form method="post" action={`${page}/not-mine`}>
        <input type="hidden" name="code" value={token} />
        <button type="submit" class="quiet">
          {words.notMine}
          <Of title={title} />
        </button>
      </form>
    </div>
  );
};

/** For who reads only the buttons. */
const Of = ({ title }: { title: string }) => (
  <span class="unseen">
    : <bdi>{title}</bdi>
  </span>
);
