/** Milliseconds that what was seen is kept. */
const usuallyKept = 1_000;

/**
 * However often and by however many it is asked, one look at a time is under way, and one a second: probes of strangers
 * cost Temporal and the database no more than one of an operator.
 */
export function keptLook<Seen>(
  look: () => Promise<Seen>,
  now = () => performance.now(),
  keptFor = usuallyKept,
): () => Promise<Seen> {
  let seen: Promise<Seen> | undefined;
  let staleAt = Number.POSITIVE_INFINITY;

  return () => {
    if (seen !== undefined && now() < staleAt) return seen;
    staleAt = Number.POSITIVE_INFINITY;
    seen = look().finally(() => {
      staleAt = now() + keptFor;
    });
    return seen;
  };
}
