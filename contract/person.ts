import type { Role } from './visibility.ts';

/** Who works on submissions. The address tells whose talks are their own, and who works with them. */
export type Person = { name: string; role: Role; email?: string };
