/** The instant by which an answer is due. Made once per request, and passed down. */
export type Deadline = {
  /** Whole milliseconds until then; 0 afterwards. */
  left: () => number;
  /** An earlier deadline, after a part of the remaining time. */
  share: (part: number) => Deadline;
};

export function deadlineIn(milliseconds: number): Deadline {
  const instant = performance.now() + milliseconds;
  const left = () => Math.max(0, Math.floor(instant - performance.now()));
  return { left, share: (part) => deadlineIn(left() * part) };
}

export type Bounded<Value> = { isLate: false; value: Value } | { isLate: true };

/** Waits until the deadline. It doesn't cancel the promise. */
export async function within<Value>(deadline: Deadline, promise: Promise<Value>): Promise<Bounded<Value>> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Bounded<Value>>((resolve) => {
    // Node's timers may fire a millisecond early.
    timer = setTimeout(() => resolve({ isLate: true }), deadline.left() + 1);
  });
  // A rejection after the deadline must not be unhandled.
  promise.catch(() => undefined);
  try {
    return await Promise.race([promise.then((value) => ({ isLate: false, value }) as const), late]);
  } finally {
    clearTimeout(timer);
  }
}
