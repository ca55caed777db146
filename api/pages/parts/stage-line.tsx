import type { Child } from 'hono/jsx';
import type { Site } from '../site.ts';
import { texts } from '../texts.ts';
import { Tag, type TagKind } from './tag.tsx';
import { Time } from './time.tsx';

export type Step = {
  name: string;
  /** `ended`: the line ends here, with a word. */
  state: 'done' | 'now' | 'later' | 'ended';
  /** Colour of its mark. */
  kind?: Exclude<TagKind, 'accent'>;
  /** When it was done, or since when it is the case, if that may be known. */
  at?: string | undefined;
  /** Instead of "Now", or the word that the line ends with. */
  tag?: string | undefined;
  /** One sentence. */
  children?: Child;
};

/** Where a talk is: vertical at all widths. Marks are borders, which print and forced colours keep. */
export const StageLine = ({ site, steps }: { site: Site; steps: readonly Step[] }) => (
  // biome-ignore lint/a11y/noRedundantRoles: without list-style, one browser takes the role away.
  <ol class="stages" role="list">
    {steps.map(({ name, state, kind, at, tag = state === 'now' ? texts.stages.now : undefined, children }) => (
      <li class={`${state} ${kind ?? ''}`} aria-current={state === 'now' ? 'step' : undefined}>
        <span class="mark" aria-hidden="true" />
        <p>
          <span class="name">{name}</span>
          {state === 'done' && <span class="unseen"> {texts.stages.done}</span>}{' '}
          {tag !== undefined && <Tag kind={kind ?? 'accent'}>{tag}</Tag>}
        </p>
        {at !== undefined && (
          <p class="hint">
            {state === 'now' && `${texts.stages.since} `}
            <Time site={site} at={at} />
          </p>
        )}
        {children}
      </li>
    ))}
  </ol>
);
