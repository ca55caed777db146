/** The later one of two instants in UTC. The clocks of processes differ, and a time that is shown never goes back. */
export function later(one: string, other: string): string {
  return one > other ? one : other;
}
