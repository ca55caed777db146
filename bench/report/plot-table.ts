import type { Table } from '../measure/finding.ts';
import type { Figures } from '../measure/rounds.ts';
import { shown } from './shown.ts';
import { bar, svg, text } from './svg.ts';

const width = 960;
const [top, rowHeight, barHeight] = [64, 34, 18];

const legendWidth = 130;

/** Where the bars of the rates and of the CPU time begin, and how long the longest one is. */
const [rates, cpus, longest] = [300, 625, 240];

/** Bars: how much a second, and the CPU time of one, by process. */
export function plotTable({ title, figures }: Table): string {
  const processes = [...new Set(figures.flatMap(({ cpuOf }) => Object.keys(cpuOf)))];
  const [mostPerSecond, mostCpu] = [most(figures, 'perSecond'), most(figures, 'cpu')];
  const rows = figures.flatMap(({ name, perSecond, cpu, cpuOf }, at) => {
    const y = top + at * rowHeight;
    let x = cpus;
    const stacked = processes.map((process, colour) => {
      const length = ((cpuOf[process] ?? 0) / mostCpu) * longest;
      x += length;
      return length === 0 ? '' : bar(x - length, y, length, barHeight, colour + 1);
    });
    const rateLength = (perSecond / mostPerSecond) * longest;
    return [
      text(16, y + 14, name),
      bar(rates, y, rateLength, barHeight, 0),
      text(rates + rateLength + 6, y + 14, shown(perSecond)),
      ...stacked,
      text(x + 6, y + 14, shown(cpu)),
    ];
  });
  const height = top + figures.length * rowHeight + 36;
  const legend = processes.flatMap((process, at) => [
    bar(rates + at * legendWidth, height - 28, 10, 10, at + 1),
    text(rates + at * legendWidth + 14, height - 19, process),
  ]);
  const heads = [text(rates, 52, 'per second'), text(cpus, 52, 'CPU of one, in ms')];
  return svg(width, height, title, [text(16, 28, title, { kind: 'title' }), ...heads, ...rows, ...legend]);
}

function most(figures: readonly Figures[], what: 'perSecond' | 'cpu'): number {
  return Math.max(...figures.map((figure) => figure[what]));
}
