import type { PartResult } from './finding.ts';

export type Context = {
  /** Temporal's development server. */
  program: string;
  /** Folder of the programs of PostgreSQL, if it is installed. */
  postgres: string | undefined;
  stopping: AbortSignal;
};

/** One part of the bench: `npm run bench -- NAME` runs it alone. */
export type Part = { name: string; title: string; run: (context: Context) => Promise<PartResult> };
