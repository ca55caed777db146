/** The later of two UTC instants. The clocks of processes differ, and shown times must not go back. */
export function later(one: string, other: string): string {
  return one > other ? one : other;
}
