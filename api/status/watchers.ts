import type { SubmissionId } from '../../contract/submission-id.ts';
import { answerDeadline } from '../http/answer-deadline.ts';
import type { StatusReader } from './status-reader.ts';
import type { Reading } from './status-source.ts';

type IsNews = (reading: Reading) => boolean;

type Waiter = { isNews: IsNews; answer: (reading: Reading) => void };

type Watcher = { waiters: Set<Waiter>; latest: Reading; timer: NodeJS.Timeout };

export const maxWaiters = 2_000;

/** Milliseconds between two readings, about as often as a poller would ask. */
const shortestInterval = 1_600;

/** For all watchers together. With many of them, each reads less often, so that waiting leaves Temporal room for the rest. */
const readingsPerSecond = 200;

export type Watchers = ReturnType<typeof createWatchers>;

/** Requests that wait for the same submission share one watcher, which costs no more than one poller. */
export function createWatchers(reader: Pick<StatusReader, 'read'>, stopping: AbortSignal) {
  const watchers = new Map<SubmissionId, Watcher>();
  let waiting = 0;
  stopping.addEventListener('abort', () => {
    for (const { waiters, latest } of watchers.values()) for (const { answer } of waiters) answer(latest);
  });

  /** Returns news, or after `milliseconds` the latest reading; `undefined` if too many requests wait. */
  async function wait(
    id: SubmissionId,
    {
      latest,
      isNews,
      milliseconds,
      gone,
    }: { latest: Reading; isNews: IsNews; milliseconds: number; gone: AbortSignal },
  ): Promise<Reading | undefined> {
    if (waiting >= maxWaiters || stopping.aborted || gone.aborted) return undefined;
    const watcher = watchers.get(id) ?? watch(id, latest);
    watcher.latest = latest;
    waiting += 1;
    const waiter: Waiter = { isNews, answer: () => undefined };
    watcher.waiters.add(waiter);
    const letGo = () => waiter.answer(watcher.latest);
    const timer = setTimeout(answerInTheEnd, milliseconds);
    gone.addEventListener('abort', letGo);
    try {
      return await new Promise<Reading>((resolve) => {
        waiter.answer = resolve;
      });
    } finally {
      clearTimeout(timer);
      gone.removeEventListener('abort', letGo);
      waiting -= 1;
      watcher.waiters.delete(waiter);
      if (watcher.waiters.size === 0 && watchers.get(id) === watcher) {
        clearTimeout(watcher.timer);
        watchers.delete(id);
      }
    }

    /** What the watcher has read last may be older than any poller would get. */
    async function answerInTheEnd() {
      const reading = await reader.read(id, answerDeadline());
      waiter.answer(reading.kind === 'no-answer' ? watcher.latest : reading);
    }
  }

  function watch(id: SubmissionId, latest: Reading): Watcher {
    const watcher: Watcher = { waiters: new Set(), latest, timer: setTimeout(check, interval()) };
    watchers.set(id, watcher);
    return watcher;

    async function check() {
      const reading = await reader.read(id, answerDeadline());
      if (watchers.get(id) !== watcher) return;
      watcher.timer = setTimeout(check, interval());
      if (reading.kind !== 'no-answer') notify(id, reading);
    }
  }

  function interval(): number {
    return Math.max(shortestInterval, (watchers.size / readingsPerSecond) * 1_000);
  }

  function notify(id: SubmissionId, reading: Reading): void {
    const watcher = watchers.get(id);
    if (!watcher) return;
    watcher.latest = reading;
    for (const { isNews, answer } of watcher.waiters) if (isNews(reading)) answer(reading);
  }

  return { wait, notify, waiting: () => waiting };
}
