import { heartbeat } from '@temporalio/activity';

/** Milliseconds between two heartbeats. */
const interval = 1_000;

/** Tells Temporal that the worker lives as long as something is under way: a dead one is noticed within seconds. */
export async function withHeartbeats<Value>(run: () => Promise<Value>): Promise<Value> {
  const timer = setInterval(() => heartbeat(), interval);
  try {
    return await run();
  } finally {
    clearInterval(timer);
  }
}
