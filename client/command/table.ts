import { printableLine } from './printable.ts';
import { cutToWidth, isolated, textWidth } from './text-width.ts';

export type Column<Row> = {
  head: string;
  of: (row: Row) => string | number | undefined;
  /** Left out where the terminal is narrow. */
  isExtra?: true;
};

const gap = '  ';

/** Columns that the last one, which takes what is left, has at least. */
const leastForLast = 24;

/** A table that fits a terminal, where it can: extra columns go first, then the last one is cut. */
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

/** For other programs: all columns, whole, with a tab between them. */
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
