import { printable } from './printable.ts';
import { type Column, tabbed, tableOf } from './table.ts';

/** Prints results: a table in a terminal, tabs in a pipe, or JSON. */
export type Output = {
  document: <Document>(document: Document, textOf: (document: Document) => string) => void;
  list: <Row>(rows: Iterable<Row> | AsyncIterable<Row>, columns: readonly Column<Row>[]) => Promise<void>;
};

export function createOutput(stdout: NodeJS.WriteStream, isJson: boolean): Output {
  const print = (line: string) => void stdout.write(`${line}\n`);

  return {
    document: (document, textOf) => print(isJson ? JSON.stringify(document) : printable(textOf(document))),

    async list(rows, columns) {
      const all = [];
      for await (const row of rows) {
        if (isJson) print(JSON.stringify(row));
        else if (stdout.isTTY) all.push(row);
        else print(tabbed(row, columns));
      }
      if (isJson || !stdout.isTTY) return;
      // The width of a column depends on all rows.
      for (const line of tableOf(all, columns, stdout.columns)) print(line);
    },
  };
}
