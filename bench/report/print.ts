import { isMet, type PartResult, type Table } from '../measure/finding.ts';
import { shown } from './shown.ts';

export function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

export function printResult({ tables = [], findings = [] }: PartResult): void {
  for (const table of tables) printTable(table);
  if (findings.length > 0) print('');
  for (const finding of findings) {
    const { what, value, unit, goal } = finding;
    const held = goal && `   goal: at ${goal.at} ${goal.value} ${unit}: ${isMet(finding) ? 'met' : 'NOT MET'}`;
    print(`${what.padEnd(64)}${`${shown(value)} ${unit}`.padStart(12)}${held ?? ''}`);
  }
}

function printTable({ title, figures }: Table): void {
  const heads = ['per second', 'ratio', 'p50 ms', 'p99 ms', 'CPU ms', 'ratio'];
  print(`\n${title}\n${''.padEnd(38)}${heads.map((head) => head.padStart(11)).join('')}  CPU of`);
  for (const { name, perSecond, ratio, p50, p99, cpu, cpuRatio, cpuOf } of figures) {
    const cells = [perSecond, ratio, p50, p99, cpu, cpuRatio].map((value) => shown(value).padStart(11));
    const parts = Object.entries(cpuOf).map(([part, value]) => `${part} ${shown(value)}`);
    print(`${name.padEnd(38)}${cells.join('')}  ${parts.join(', ')}`);
  }
}
