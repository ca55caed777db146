import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { freePort } from '../../dev/ports.ts';
import { connect } from '../../temporal/connect.ts';

/** Milliseconds, longer than all pauses between attempts at a call. */
const attempts = 1_000;

test('a connection that is closed between two attempts at a call throws nothing in a timer', async () => {
  const thrown: unknown[] = [];
  const note = (error: unknown) => thrown.push(error);
  const others = process.rawListeners('uncaughtException');
  process.removeAllListeners('uncaughtException').on('uncaughtException', note);
  try {
    for (const after of [20, 60, 150, 250]) {
      const address = `127.0.0.1:${await freePort()}`;
      const { connection, workflow } = connect({
        connectionOptions: { address },
        namespace: 'default',
        payloadKeys: ['off'],
      });
      const call = workflow.getHandle('any').describe();
      const outcome = call.catch((error: unknown) => error);
      await delay(after);
      await connection.close();
      await Promise.race([outcome, delay(attempts)]);
    }
    await delay(attempts);
  } finally {
    process.removeListener('uncaughtException', note);
    for (const other of others) process.on('uncaughtException', other as NodeJS.UncaughtExceptionListener);
  }

  expect(thrown).toEqual([]);
});
