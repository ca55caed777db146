import { type Node, parseSync, Visitor } from 'oxc-parser';

/** `functions` has the lines of each function. */
export type FileMeasures = {
  lines: number;
  emptyLines: number;
  commentLines: number;
  exports: number;
  anys: number;
  casts: number;
  functions: number[];
};

type Range = { start: number; end: number };

export function measureFile(path: string, text: string): FileMeasures {
  const { program, comments, errors } = parseSync(path, text);
  if (errors[0]) throw new Error(`${path}: ${errors[0].message}`);
  const rows = text.replace(/\n$/, '').split('\n');
  const emptyLines = rows.filter((row) => row.trim() === '').length;
  const functions: number[] = [];
  const measures = { lines: rows.length, emptyLines, commentLines: 0, exports: 0, anys: 0, casts: 0, functions };
  const linesOf = ({ start, end }: Range) => text.slice(start, end).split('\n').length;
  const measureFunction = (node: Range & { body: unknown }) => {
    if (node.body) measures.functions.push(linesOf(node));
  };
  const count = (name: 'anys' | 'casts') => () => {
    measures[name] += 1;
  };

  new Visitor({
    TSAnyKeyword: count('anys'),
    TSTypeAssertion: count('casts'),
    TSNonNullExpression: count('casts'),
    TSAsExpression: ({ typeAnnotation: { start, end } }) => {
      if (text.slice(start, end) !== 'const') measures.casts += 1;
    },
    FunctionDeclaration: measureFunction,
    FunctionExpression: measureFunction,
    ArrowFunctionExpression: measureFunction,
  }).visit(program);
  for (const statement of program.body) measures.exports += exportsOf(statement);
  for (const comment of comments) {
    const isAlone = text.slice(text.lastIndexOf('\n', comment.start) + 1, comment.start).trim() === '';
    if (isAlone) measures.commentLines += linesOf(comment);
  }
  return measures;
}

function exportsOf(statement: Node): number {
  if (statement.type === 'ExportAllDeclaration' || statement.type === 'ExportDefaultDeclaration') return 1;
  if (statement.type !== 'ExportNamedDeclaration') return 0;
  const { declaration, specifiers } = statement;
  if (declaration === null) return specifiers.length;
  return declaration.type === 'VariableDeclaration' ? declaration.declarations.length : 1;
}
