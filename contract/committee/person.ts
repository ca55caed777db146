import type { Role } from '../call/visibility.ts';

/** A member of the committee. By the addresses, conflicts of interest are found. */
export type Person = { name: string; role: Role; emails?: readonly string[] };
