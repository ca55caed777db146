/** The instant by which an answer has to be there. Made once, and handed down to all that works on it. */
export type Deadline = {
  /** Whole milliseconds until then; 0 afterwards. */
  left: () => number;
  /** An earlier deadline: the rest of the time is for what comes next. */
  share: (part: number) => Deadline;
};

export function deadlineIn(milliseconds: number): Deadline {
  const instant = performance.now() + milliseconds;
  const left = () => Math.max(0, Math.floor(instant - performance.now()));
  return { left, share: (part) => deadlineIn(left() * part) };
}

export type Bounded<Value> = { isLate: false; value: Value } | { isLate: true };

/** What is waited for goes on after the deadline. */
export async function within<Value>(deadline: Deadline, promise: Promise<Value>): Promise<Bounded<Value>> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Bounded<Value>>((resolve) => {
    // Node's timers may fire a millisecond early.
    timer = setTimeout(() => resolve({ isLate: true }), deadline.left() + 1);
  });
  // A failure after the deadline has nobody to catch it.
  promise.catch(() => undefined);
  try {
    return await Promise.race([promise.then((value) => ({ isLate: false, value }) as const), late]);
  } finally {
    clearTimeout(timer);
  }
}
