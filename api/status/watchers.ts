import type { SubmissionId } from '../../contract/submission-id.ts';
import { answerDeadline } from '../http/answer-deadline.ts';
import type { StatusReader } from './status-reader.ts';
import type { Reading } from './status-source.ts';

type IsNews = (reading: Reading) => boolean;

type Waiter = { isNews: IsNews; answer: (reading: Reading) => void };

type Watcher = { waiters: Set<Waiter>; latest: Reading; timer: NodeJS.Timeout };

export const maxWaiters = 2_000;

/** About 300 readings a second, which Temporal can bear. */
export const maxWatchers = 500;

/** Milliseconds between two readings, about as often as a poller would ask. */
const interval = 1_600;

export type Watchers = ReturnType<typeof createWatchers>;

/** Requests that wait for the same submission share one watcher, which costs as much as one poller. */
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
    const hasNoPlace = waiting >= maxWaiters || (!watchers.has(id) && watchers.size >= maxWatchers);
    if (hasNoPlace || stopping.aborted || gone.aborted) return undefined;
    const watcher = watchers.get(id) ?? watch(id, latest);
    watcher.latest = latest;
    waiting += 1;
    const waiter: Waiter = { isNews, answer: () => undefined };
    watcher.waiters.add(waiter);
    const letGo = () => waiter.answer(watcher.latest);
    const timer = setTimeout(letGo, milliseconds);
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
  }

  function watch(id: SubmissionId, latest: Reading): Watcher {
    const watcher: Watcher = { waiters: new Set(), latest, timer: setTimeout(check, interval) };
    watchers.set(id, watcher);
    return watcher;

    async function check() {
      const reading = await reader.read(id, answerDeadline());
      if (watchers.get(id) !== watcher) return;
      watcher.timer = setTimeout(check, interval);
      if (reading.kind !== 'no-answer') notify(id, reading);
    }
  }

  function notify(id: SubmissionId, reading: Reading): void {
    const watcher = watchers.get(id);
    if (!watcher) return;
    watcher.latest = reading;
    for (const { isNews, answer } of watcher.waiters) if (isNews(reading)) answer(reading);
  }

  return { wait, notify };
}
