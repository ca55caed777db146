import { fork } from 'node:child_process';
import { open, readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { SetupError } from '../process/setup-error.ts';

export type Part = Awaited<ReturnType<typeof startPart>>;

type Options = {
  name: string;
  /** The module to run: TypeScript of ours, or plain JavaScript. */
  module: URL;
  args?: readonly string[];
  env: Record<string, string | undefined>;
  logFile: string;
};

/** Longer than the worker's own force time, in milliseconds. */
const stopTime = 25_000;

/** The processes of a stack: they are started one after the other, watched together, and stopped in reverse. */
export function createParts() {
  const parts: Part[] = [];
  let reject: (reason: unknown) => void = () => undefined;
  const died = new Promise<never>((_, fail) => {
    reject = fail;
  });
  // Awaited later; until then a rejection must not count as unhandled.
  died.catch(() => undefined);

  return {
    /** Rejects when one that is watched ends before it is told to. */
    died,

    /** Its `ready` resolves when the part says so by IPC: a program that isn't ours never does. */
    async start(options: Options): Promise<Part> {
      const part = await startPart(options);
      parts.push(part);
      return part;
    },

    /** From now on the stack ends when this part does. */
    watch(part: Part): void {
      part.died.catch(reject);
    },

    async stop(): Promise<void> {
      for (const part of parts.toReversed()) await part.stop();
    },
  };
}

/** Starts one process of the stack, its output in a file of its own. It ends by itself if the stack's process dies. */
async function startPart({ name, module, args = [], env, logFile }: Options) {
  const log = await open(logFile, 'w');
  const child = fork(module, args, {
    // A group of its own: Ctrl-C in a terminal reaches the stack only, which ends its parts in order.
    detached: true,
    env,
    execArgv: ['--import', 'tsx'],
    stdio: ['ignore', log.fd, log.fd, 'ipc'],
  });

  let isTold = false;
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const ready = new Promise<void>((resolve) => child.once('message', () => resolve()));
  await log.close();
  const { pid } = child;
  if (pid === undefined) throw new Error(`${name} could not be started`);

  return {
    pid,

    /** Rejects when the part ends before it is told to. */
    died: exited.then(async () => {
      if (isTold) return new Promise<never>(() => undefined);
      const how = child.signalCode ?? `exit code ${child.exitCode}`;
      throw new SetupError(`The ${name} ended (${how}). The end of ${logFile}:\n${await lastLines(logFile)}`);
    }),

    ready,

    exited,

    send: (message: string) => child.send(message),

    async stop() {
      isTold = true;
      // The whole group, also when the part itself is gone: a guard that was killed has left its program behind.
      signalGroup(pid, 'SIGTERM');
      if (child.exitCode !== null || child.signalCode !== null) return;
      const timeout = new AbortController();
      await Promise.race([exited, delay(stopTime, undefined, { signal: timeout.signal }).catch(() => undefined)]);
      timeout.abort();
      signalGroup(pid, 'SIGKILL');
      await exited;
    },
  };
}

function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch {
    // Nobody is left in it.
  }
}

async function lastLines(file: string): Promise<string> {
  return (await readFile(file, 'utf8')).trimEnd().split('\n').slice(-15).join('\n');
}
