import { heartbeat } from '@temporalio/activity';

/** Milliseconds. */
const interval = 1_000;

/** Sends heartbeats while something runs, so that Temporal notices a dead worker within seconds. */
export async function withHeartbeats<Value>(run: () => Promise<Value>): Promise<Value> {
  const timer = setInterval(() => heartbeat(), interval);
  try {
    return await run();
  } finally {
    clearInterval(timer);
  }
}
