import type { Child } from 'hono/jsx';

export type Pair = { key: string; value: Child; isOfSpeaker?: boolean };

/** Keys beside their values, above them on a phone. A speaker's text has the direction of its script. */
export const KeyValues = ({ pairs }: { pairs: readonly Pair[] }) => (
  <dl class="pairs">
    {pairs.map(({ key, value, isOfSpeaker }) => (
      <div>
        <dt>{key}</dt>
        <dd dir={isOfSpeaker ? 'auto' : undefined}>{value}</dd>
      </div>
    ))}
  </dl>
);
