import { type Reading, readFrom, type StatusSource } from './status-source.ts';

/** Milliseconds. */
const [shortest, longest] = [1_000, 8_000];

type Options = {
  /** Whether that is why there was no answer. */
  isTooMany: (cause: unknown) => boolean;
  /** Called for each reading that is refused, here or there. */
  countRefused: () => void;
  now?: () => number;
};

/**
 * Leaves a source alone for a while that refuses readings as too many. Temporal grants the calls of workers last: readings that
 * came again as soon as they were refused would take whatever it grants, and no submission would go on. A refusal that follows
 * on a pause doubles it; as long a time without one halves it. Whoever is refused is told to come when the pause is over, each at
 * another moment of a time as long as it (contract H13).
 */
export function spared(
  source: StatusSource,
  { isTooMany, countRefused, now = () => performance.now() }: Options,
): StatusSource {
  let pause = 0;
  let resumesAt = Number.NEGATIVE_INFINITY;
  let quietSince = resumesAt;

  function refuse(cause: unknown): Reading {
    countRefused();
    const milliseconds = resumesAt - now() + Math.random() * pause;
    return { kind: 'no-answer', cause, retryAfter: Math.max(1, Math.ceil(milliseconds / 1_000)) };
  }

  return {
    ...source,
    async read(id, deadline) {
      const began = now();
      if (began < resumesAt) return refuse(new Error(`${source.name}: it has refused readings as too many`));
      const reading = await readFrom(source, id, deadline);
      if (reading.kind === 'no-answer' && isTooMany(reading.cause)) {
        // Of those that were under way together, one counts.
        if (began >= resumesAt) {
          pause = Math.min(Math.max(2 * pause, shortest), longest);
          resumesAt = now() + pause;
          quietSince = resumesAt;
        }
        return refuse(reading.cause);
      }
      if (began >= quietSince + pause) {
        pause = pause > shortest ? pause / 2 : 0;
        quietSince = began;
      }
      return reading;
    },
  };
}
