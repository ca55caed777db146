import type { Role } from '../call/visibility.ts';

/** Who works on submissions. The addresses tell which talks are their own, and who works with them. */
export type Person = { name: string; role: Role; emails?: readonly string[] };
