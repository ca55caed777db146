import type { DecisionRequest } from '../documents.ts';
import type { Given } from './command.ts';
import { UsageError } from './usage-error.ts';

export const outcomes = ['passed', 'rejected', 'waitlisted'] as const satisfies readonly DecisionRequest['outcome'][];

export const text = (value: string, help: string) => ({ type: 'string', value, help }) as const;

export const flag = (help: string) => ({ type: 'boolean', help }) as const;

/** @throws UsageError */
export function scoresOf(texts: readonly string[]): Record<string, number> {
  return Object.fromEntries(
    texts.map((one) => {
      const [, criterion, score] = /^([^=]+)=([1-5])$/.exec(one) ?? [];
      if (criterion === undefined) throw new UsageError(`--score ${one}: must be like fit=4, from 1 to 5`);
      return [criterion, Number(score)];
    }),
  );
}

/** @throws UsageError */
export function numberOf(given: Given, name: string): number | undefined {
  const value = given.text(name);
  if (value === undefined || /^\d{1,9}$/.test(value)) return value === undefined ? undefined : Number(value);
  throw new UsageError(`--${name} takes a number`);
}

/** @throws UsageError */
export function oneOf<Word extends string>(words: readonly Word[], text: string | undefined, what: string): Word {
  const word = words.find((one) => one === text);
  if (word !== undefined) return word;
  throw new UsageError(`${what} is one of: ${words.join(', ')}; "${text}" is none`);
}
