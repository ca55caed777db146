import type { Role } from '../call/visibility.ts';

export type Person = { name: string; role: Role; emails?: readonly string[] };
