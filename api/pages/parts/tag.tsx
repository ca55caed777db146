export type TagKind = 'accent' | 'good' | 'wait' | 'bad' | 'neutral';

/** A state in a pill: the words tell it, the colour only repeats them. */
export const Tag = ({ kind = 'neutral', children }: { kind?: TagKind; children: string }) => (
  <span class={`tag ${kind}`}>{children}</span>
);
