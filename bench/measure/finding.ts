import type { Figures } from './rounds.ts';

/** One figure, with the goal that it is held against. */
export type Finding = {
  what: string;
  value: number;
  /** For example `×`, `ms`, `MB`. */
  unit: string;
  goal?: { at: 'most' | 'least'; value: number };
};

/** For a plot over time or size. */
export type Series = { name: string; points: [x: number, y: number][] };

export type Table = { title: string; figures: Figures[] };

/** What one part of the bench has measured. */
export type PartResult = { tables?: Table[]; findings?: Finding[]; series?: Series[] };

export function isMet({ value, goal }: Finding): boolean {
  if (goal === undefined) return true;
  return goal.at === 'most' ? value <= goal.value : value >= goal.value;
}

/** Of measurements that are one part. */
export function joined(...results: PartResult[]): PartResult {
  return {
    tables: results.flatMap(({ tables = [] }) => tables),
    findings: results.flatMap(({ findings = [] }) => findings),
    series: results.flatMap(({ series = [] }) => series),
  };
}
