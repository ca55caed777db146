import { printableLine } from './printable.ts';
import { cutToWidth, isolated, textWidth } from './text-width.ts';

export type Column<Row> = {
  head: string;
  of: (row: Row) => string | number | undefined;
  /** Left out if the terminal is narrow. */
  isExtra?: true;
};

const gap = '  ';

/** Characters; the last column takes the remaining width. */
const leastForLast = 24;

/** Fits the table into the terminal, if possible: first leaves out extra columns, then cuts the last one. */
export function tableOf<Row>(rows: readonly Row[], columns: readonly Column<Row>[], width: number): string[] {
  const filled = columns.map((column) => {
    const cells = rows.map((row) => printableLine(String(column.of(row) ?? '')));
    return { ...column, cells, width: Math.max(...[column.head, ...cells].map(textWidth)) };
  });
  const shown = fitting(filled, width);
  const others = shown.slice(0, -1).reduce((sum, column) => sum + column.width + gap.length, 0);
  const widths = shown.map((column, at) =>
    at === shown.length - 1 ? Math.min(column.width, Math.max(leastForLast, width - others)) : column.width,
  );
  const lineOf = (cells: readonly string[]) =>
    cells
      .map((cell, at) => padded(cell, widths[at] ?? 0))
      .join(gap)
      .trimEnd();
  return [
    lineOf(shown.map(({ head }) => head)),
    ...rows.map((_, at) => lineOf(shown.map(({ cells }) => cells[at] ?? ''))),
  ];
}

/** For other programs: all columns, uncut, separated by tabs. */
export function tabbed<Row>(row: Row, columns: readonly Column<Row>[]): string {
  return columns.map(({ of }) => printableLine(String(of(row) ?? ''))).join('\t');
}

function fitting<Filled extends { width: number; isExtra?: true }>(columns: Filled[], width: number): Filled[] {
  const extra = columns.findLastIndex(({ isExtra }) => isExtra);
  const last = columns.at(-1)?.width ?? 0;
  const needed = columns
    .slice(0, -1)
    .reduce((sum, column) => sum + column.width + gap.length, Math.min(last, leastForLast));
  return needed <= width || extra < 0 ? columns : fitting(columns.toSpliced(extra, 1), width);
}

function padded(text: string, width: number): string {
  const cut = cutToWidth(text, width);
  return isolated(cut) + ' '.repeat(Math.max(0, width - textWidth(cut)));
}
