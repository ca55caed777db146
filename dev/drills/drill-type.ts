export type DrillOptions = {
  /** Temporal's command line. */
  program: string;
  /** Prints what happens, with the time since the beginning. */
  say: (line: string) => void;
  stopping: AbortSignal;
};

export type Drill = {
  about: string;
  /** @throws Error if the runbook did not repair the fault */
  run: (options: DrillOptions) => Promise<void>;
};
