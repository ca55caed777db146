/** The kinds of columns that migrations have in common: never to be changed, since those that ran have used them. */
export function required<Column extends { notNull(): Column }>(column: Column): Column {
  return column.notNull();
}

export function ofSubmission<
  Column extends { notNull(): Column; references(ref: string): Column; onDelete(how: 'cascade'): Column },
>(column: Column): Column {
  return column.notNull().references('submissions.id').onDelete('cascade');
}
