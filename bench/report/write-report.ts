import { readdir, readFile, writeFile } from 'node:fs/promises';
import { type Finding, isMet, type PartResult, type Table } from '../measure/finding.ts';
import { shown } from './shown.ts';

type Kept = PartResult & { title: string; environment: Record<string, string>; seconds: number };

/** What is measured together, in its order: `of` is `long` for the long scenarios. */
export type Order = readonly { name: string; of?: string }[];

/** Writes a page with the figures of all parts, as they were measured last. */
export async function writeReport(folder: URL, order: Order): Promise<void> {
  const files = await readdir(folder);
  const measured = order.filter(({ name }) => files.includes(`${name}.json`));
  const sections = await Promise.all(
    measured.map(async ({ name, of }) => {
      const kept: Kept = JSON.parse(await readFile(new URL(`${name}.json`, folder), 'utf8'));
      return sectionOf(name, of === undefined ? name : `${of} ${name}`, kept);
    }),
  );
  await writeFile(new URL('README.md', folder), `${head}\n${sections.join('\n')}`);
}

const head = `# Results

\`npm run bench\` writes this page. [\`docs/benchmarks.md\`](../../docs/benchmarks.md) says how each part is measured, and what
limits it. Rates, times and ratios are medians of interleaved rounds; the ratio is to the last row.
`;

function sectionOf(
  name: string,
  wanted: string,
  { title, environment, seconds, tables = [], findings = [], series }: Kept,
): string {
  const { at = '', commit, node, cpu, memory, load } = environment;
  return [
    `## ${title}\n`,
    `\`npm run bench -- ${wanted}\`: ${seconds} s, ${at.slice(0, 10)}, commit ${commit}, Node ${node}, ${cpu}, ${memory}, load ${load}.\n`,
    ...tables.map((table, index) => `${tableOf(table)}\n![${table.title}](${name}-${index + 1}.svg)\n`),
    findings.length > 0 ? findingsOf(findings) : '',
    series ? `![${title}](${name}.svg)\n` : '',
  ].join('\n');
}

function tableOf({ title, figures }: Table): string {
  const rows = figures.map(({ name, perSecond, ratio, p50, p99, cpu, cpuRatio, cpuOf }) => {
    const parts = Object.entries(cpuOf).map(([part, value]) => `${part} ${shown(value)}`);
    return rowOf(name, ...[perSecond, ratio, p50, p99, cpu, cpuRatio].map(shown), parts.join(', '));
  });
  const heads = ['per second', 'ratio', 'p50, ms', 'p99, ms', 'CPU, ms', 'ratio of CPU', 'CPU of'];
  return [rowOf(title, ...heads), rowOf(...['', ...heads].map(() => '---')), ...rows, ''].join('\n');
}

function findingsOf(findings: readonly Finding[]): string {
  const rows = findings.map((finding) => {
    const { what, value, unit, goal } = finding;
    const held = goal
      ? [`at ${goal.at} ${shown(goal.value)} ${unit}`, isMet(finding) ? 'met' : '**not met**']
      : ['', ''];
    return rowOf(what, `${shown(value)} ${unit}`, ...held);
  });
  return [rowOf('', 'measured', 'goal', ''), rowOf('---', '---', '---', '---'), ...rows, ''].join('\n');
}

const rowOf = (...cells: string[]): string => `| ${cells.join(' | ')} |`;
