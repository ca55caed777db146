import { describe, expect, test } from 'vitest';
import { createPace, shortestPace } from '../../../api/status/pace.ts';
import { longestAge } from '../../../api/status/status-reader.ts';
import type { StatusDocument } from '../../../contract/http/status.ts';
import { initialState } from '../../../contract/initial-state.ts';
import { publicStatus } from '../../../contract/public-status.ts';
import { publicStages } from '../../../contract/stages.ts';
import { anInput } from '../../support/fixtures.ts';

const start = Date.parse('2026-11-01T12:00:00.000Z');
const document = publicStatus(initialState(anInput({ createdAt: new Date(start).toISOString() })));

const at = (time: number) => new Date(time).toISOString();

/** A pace on a clock that stands at so many seconds after the last update. */
const paceAfter = (seconds: number, more: { random?: () => number; announcement?: string } = {}) =>
  createPace({ now: () => start + seconds * 1_000, ...more });

const samples = (seconds: number, stage: StatusDocument['stage']) =>
  Array.from({ length: 90 }, (_, at) => paceAfter(seconds, { random: () => at / 90 })({ ...document, stage }));

describe('H8: Retry-After', () => {
  test.each(publicStages)('in %s is whole seconds, spread out, and longer than any cached copy lives', (stage) => {
    const seconds = samples(0, stage);

    expect(seconds.every((value) => Number.isInteger(value) && value * 1_000 > longestAge)).toBe(true);
    expect(new Set(seconds).size).toBeGreaterThan(1);
  });

  test.each(publicStages)('in %s grows while nothing happens, up to minutes', (stage) => {
    const least = (seconds: number) => Math.min(...samples(seconds, stage));

    expect(least(0)).toBe(shortestPace);
    expect(least(400)).toBe(20);
    expect(least(90 * 86_400)).toBeGreaterThanOrEqual(30);
    expect(Math.max(...samples(90 * 86_400, stage))).toBeLessThanOrEqual(450);
  });

  test('starts anew with each change', () => {
    const pace = paceAfter(86_400, { random: () => 0 });
    const lastUpdatedAt = new Date(start + 86_400_000).toISOString();

    expect(pace({ ...document, stage: 'selection' })).toBe(300);
    expect(pace({ ...document, stage: 'selection', lastUpdatedAt })).toBe(shortestPace);
  });

  test.each([100, 17.4, 2.5, 2])('is never past an announcement in %d s', (left) => {
    const announcement = new Date(start + 86_400_000 + left * 1_000).toISOString();
    const pace = paceAfter(86_400, { announcement });

    const seconds = pace({ ...document, stage: 'under-review' });

    expect(seconds).toBeLessThanOrEqual(left);
    expect(seconds).toBeGreaterThanOrEqual(Math.floor(left));
  });

  test('is short right after the announcement: the answer is about to come', () => {
    const announcement = new Date(start + 86_400_000).toISOString();

    const seconds = paceAfter(86_410, { announcement, random: () => 0 })({ ...document, stage: 'under-review' });

    expect(seconds).toBe(shortestPace);
  });

  test('H8: forgets the polls that are past', () => {
    let now = start;
    const pace = createPace({ now: () => now, random: () => 0 });
    const book = () => Array.from({ length: 50_000 }, () => pace({ ...document, lastUpdatedAt: at(now) }));

    const before = book();
    now += 301_000;
    const after = book();

    expect(after).toEqual(before);
    expect(after.slice(0, 101)).toEqual([...Array(100).fill(shortestPace), shortestPace + 1]);
  });

  test('H8: spreads more pollers than there is room for, too: they do not all come back at the same later second', () => {
    const pollers = 100_000;
    const pace = createPace({ now: () => start });
    const perSecond = new Map<number, number>();

    for (let poller = 0; poller < pollers; poller += 1) {
      const seconds = pace({ ...document, stage: 'selection' });
      perSecond.set(seconds, (perSecond.get(seconds) ?? 0) + 1);
    }

    expect(Math.max(...perSecond.values())).toBeLessThan((2 * pollers) / 298);
  });

  test('H8, H27: spreads a thousand pollers that started together, and keeps them spread', () => {
    let now = start;
    const pace = createPace({ now: () => now });
    const due = Array.from({ length: 1_000 }, () => start);
    const perSecond = new Map<number, number>();

    for (; now < start + 120_000; now += 1_000) {
      for (const [poller, at] of due.entries()) {
        if (at > now) continue;
        perSecond.set(now, (perSecond.get(now) ?? 0) + 1);
        due[poller] = now + pace({ ...document, stage: 'selection' }) * 1_000;
      }
    }

    const [first, ...rest] = [...perSecond.values()];
    expect(first).toBe(1_000);
    expect(Math.max(...rest)).toBeLessThanOrEqual(100);
    // No second of the last minute without a good share of them either.
    expect(Math.min(...rest.slice(60))).toBeGreaterThan(20);
  });
});
