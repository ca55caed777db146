import { heartbeat } from '@temporalio/activity';

const interval = 1_000;

/** Temporal notices a dead worker within seconds. */
export async function whileBeating<Value>(run: () => Promise<Value>): Promise<Value> {
  const timer = setInterval(() => heartbeat(), interval);
  try {
    return await run();
  } finally {
    clearInterval(timer);
  }
}
