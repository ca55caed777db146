import type { Child } from 'hono/jsx';

export type NoticeProps = {
  kind?: 'neutral' | 'good' | 'wait' | 'bad';
  heading?: string;
  id?: string;
  children?: Child;
};

/** There on load, so it has no role: it is read in its place. */
export const Notice = ({ kind = 'neutral', heading, id, children }: NoticeProps) => (
  <div class={`notice ${kind}`} id={id}>
    {heading && <h2>{heading}</h2>}
    {children}
  </div>
);

type SaidProps = { kind?: 'good' | 'wait' | 'bad'; heading: string; children?: Child };

/** What a change has led to: on top of the next page, with the focus on its heading. */
export const Said = ({ kind = 'good', heading, children }: SaidProps) => (
  <div class={`notice ${kind}`}>
    <h2 tabindex={-1} data-focus>
      {heading}
    </h2>
    {children}
  </div>
);
