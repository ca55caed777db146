import { problems } from '../../api/http/problems.ts';
import { listQuery } from '../../api/request/list-query.ts';
import { definitions } from '../../api/routes/routes.ts';
import { implied } from '../../api/routing/implied.ts';
import { refusalsOf } from '../../api/routing/refusals-of.ts';

export const httpPageFile = new URL('../../docs/http.md', import.meta.url);

const tables: Record<string, () => string[][]> = {
  routes: () => [
    ['request', 'who', '', 'refused by, beside what [any request](#problems) may be'],
    ...definitions.map((definition) => [
      code(definition.route),
      definition.who,
      definition.summary,
      [...refusalsOf(definition)]
        .filter((one) => !usual.has(one))
        .map(code)
        .join(', '),
    ]),
  ],

  'list parameters': () => [
    ['parameter', '', 'values'],
    ...Object.entries(listQuery.shape).map(([name, parameter]) => [
      code(name),
      parameter.description ?? `Only of this ${name}`,
      'options' in parameter.unwrap() ? optionsOf(parameter.unwrap()).map(code).join(', ') : '',
    ]),
  ],

  problems: () => [
    ['code', 'status', 'title', 'what to do'],
    ...Object.entries(problems).map(([name, { status, title, advice }]) => [code(name), String(status), title, advice]),
  ],
};

export function withTables(page: string): string {
  return page.replace(
    /(<!-- table of (.+?): npm run openapi -->\n)[\s\S]*?(\n<!-- end -->)/g,
    (_, begin: string, name: string, end: string) => {
      const rows = tables[name];
      if (rows === undefined) throw new Error(`docs/http.md has a table of ${name}, which is not defined`);
      return `${begin}\n${asTable(rows())}\n${end}`;
    },
  );
}

/** Refusals that any route may have. */
const usual: ReadonlySet<string> = new Set([...Object.values(implied).flat()]);

const code = (text: string) => `\`${text}\``;

function optionsOf(parameter: object): string[] {
  return 'options' in parameter && Array.isArray(parameter.options) ? parameter.options.map(String) : [];
}

function asTable([head = [], ...rows]: string[][]): string {
  const line = (cells: string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), `|${head.map(() => '---').join('|')}|`, ...rows.map(line)].join('\n');
}
