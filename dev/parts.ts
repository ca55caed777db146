import { fork } from 'node:child_process';
import { open, readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { SetupError } from '../process/setup-error.ts';

export type Part = Awaited<ReturnType<typeof startPart>>;

type Options = {
  name: string;
  module: URL;
  args?: readonly string[];
  /** Options of Node. */
  nodeOptions?: readonly string[];
  env: Record<string, string | undefined>;
  logFile: string;
};

/** Milliseconds; longer than the worker's own force time. */
const stopTime = 25_000;

/** The processes of a stack, which stop in reverse order of their start. */
export function createParts() {
  const parts: Part[] = [];
  let reject: (reason: unknown) => void = () => undefined;
  const died = new Promise<never>((_, fail) => {
    reject = fail;
  });
  // It may reject before anything awaits it.
  died.catch(() => undefined);

  return {
    /** Rejects when a watched part ends before it is stopped. */
    died,

    async start(options: Options): Promise<Part> {
      const part = await startPart(options);
      parts.push(part);
      return part;
    },

    watch(part: Part): void {
      part.died.catch(reject);
    },

    async stop(): Promise<void> {
      for (const part of parts.toReversed()) await part.stop();
    },
  };
}

async function startPart({ name, module, args = [], nodeOptions = [], env, logFile }: Options) {
  const log = await open(logFile, 'w');
  const child = fork(module, args, {
    // In a group of its own: Ctrl-C in a terminal reaches the stack only, which ends its parts in order.
    detached: true,
    env,
    execArgv: [...nodeOptions, ...(module.pathname.endsWith('.ts') ? ['--import', 'tsx'] : [])],
    stdio: ['ignore', log.fd, log.fd, 'ipc'],
  });

  let isStopping = false;
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const ready = new Promise<void>((resolve) => child.once('message', () => resolve()));
  await log.close();
  const { pid } = child;
  if (pid === undefined) throw new Error(`${name} could not be started`);

  return {
    pid,

    died: exited.then(async () => {
      if (isStopping) return new Promise<never>(() => undefined);
      const how = child.signalCode ?? `exit code ${child.exitCode}`;
      throw new SetupError(`The ${name} ended (${how}). The end of ${logFile}:\n${await lastLines(logFile)}`);
    }),

    /** Resolves when the part sends an IPC message; other programs never do. */
    ready,

    exited,

    /** `null` for one that was killed, or still runs. */
    get exitCode(): number | null {
      return child.exitCode;
    },

    send: (message: string) => child.send(message),

    /** At once, as by a crash of its machine; it is no death that `died` tells of. */
    async kill() {
      isStopping = true;
      signalGroup(pid, 'SIGKILL');
      await exited;
    },

    async stop() {
      isStopping = true;
      // Also if the part has ended: a killed guard leaves its program in the group.
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
    // The group is empty.
  }
}

async function lastLines(file: string): Promise<string> {
  return (await readFile(file, 'utf8')).trimEnd().split('\n').slice(-15).join('\n');
}
