import { heartbeat } from '@temporalio/activity';

const intervalMs = 1_000;

/** Heartbeats let Temporal notice a dead worker within seconds. */
export async function withHeartbeats<Value>(run: () => Promise<Value>): Promise<Value> {
  const timer = setInterval(() => heartbeat(), intervalMs);
  try {
    return await run();
  } finally {
    clearInterval(timer);
  }
}
