export const exitCodes = {
  accepted: 0,
  done: 0,
  error: 1,
  usage: 2,
  rejected: 3,
  failed: 4,
  withdrawn: 5,
  timedOut: 6,
  interrupted: 130,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];
