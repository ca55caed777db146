/** The value of a promise, or the word that it is late. */
export type Bounded<Value> = { isLate: false; value: Value } | { isLate: true };

/**
 * Waits for a promise for so many milliseconds at the most. What it waited for goes on: the outer bound around calls
 * whose own deadline doesn't hold in every state of the connection.
 */
export async function within<Value>(milliseconds: number, promise: Promise<Value>): Promise<Bounded<Value>> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Bounded<Value>>((resolve) => {
    timer = setTimeout(() => resolve({ isLate: true }), milliseconds);
  });
  // Nobody looks at a failure that comes after the time is over.
  promise.catch(() => undefined);
  try {
    return await Promise.race([promise.then((value) => ({ isLate: false, value }) as const), late]);
  } finally {
    clearTimeout(timer);
  }
}
