import type { Series } from '../measure/finding.ts';
import { shown } from './shown.ts';
import { bar, line, rule, svg, text } from './svg.ts';

const [width, height] = [960, 320];
const legendWidth = 320;
const [left, right, top, bottom] = [70, 930, 56, 270];

/** Lines over a common axis, from 0. */
export function plotSeries(title: string, series: readonly Series[]): string {
  const points = series.flatMap((one) => one.points);
  const lastX = Math.max(...points.map(([x]) => x));
  const mostY = Math.max(...points.map(([, y]) => y)) * 1.1;
  const placed = ([x, y]: readonly [number, number]) =>
    [left + (x / lastX) * (right - left), bottom - (y / mostY) * (bottom - top)] as const;
  const ticks = [0, 0.25, 0.5, 0.75, 1].flatMap((share) => {
    const y = bottom - share * (bottom - top);
    const x = left + share * (right - left);
    return [
      rule(y, left, right),
      text(left - 8, y + 4, shown(share * mostY), { anchor: 'end' }),
      text(x, bottom + 18, shown(share * lastX), { anchor: 'middle' }),
    ];
  });
  const lines = series.flatMap(({ name, points }, at) => [
    line(points.map(placed), at),
    bar(left + at * legendWidth, height - 22, 10, 10, at),
    text(left + at * legendWidth + 14, height - 13, name),
  ]);
  return svg(width, height, title, [text(16, 28, title, { kind: 'title' }), ...ticks, ...lines]);
}
