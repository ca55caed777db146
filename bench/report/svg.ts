/** The little SVG that the plots need: text is escaped, and both colour schemes are served. */
export function svg(width: number, height: number, title: string, content: readonly string[]): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${escaped(title)}">
<style>${style}</style>
<rect class="ground" width="${width}" height="${height}" rx="6"/>
${content.join('\n')}
</svg>
`;
}

type Anchor = 'start' | 'end' | 'middle';

export function text(
  x: number,
  y: number,
  content: string,
  { anchor = 'start', kind = 'label' }: { anchor?: Anchor; kind?: 'label' | 'title' } = {},
): string {
  return `<text class="${kind}" x="${round(x)}" y="${round(y)}" text-anchor="${anchor}">${escaped(content)}</text>`;
}

/** @param colour index of a colour */
export function bar(x: number, y: number, width: number, height: number, colour: number): string {
  return `<rect class="c${colour % colours.length}" x="${round(x)}" y="${round(y)}" width="${round(Math.max(width, 0.5))}" height="${height}"/>`;
}

export function line(points: readonly (readonly [x: number, y: number])[], colour: number): string {
  const path = points.map((point) => point.map(round).join(',')).join(' ');
  return `<polyline class="l${colour % colours.length}" points="${path}"/>`;
}

export function rule(y: number, from: number, to: number): string {
  return `<line class="rule" x1="${from}" x2="${to}" y1="${round(y)}" y2="${round(y)}"/>`;
}

/** Told apart by people who see colours differently (Okabe and Ito). */
const colours = ['#0072b2', '#e69f00', '#009e73', '#cc79a7', '#56b4e9', '#d55e00'];

const style = [
  '.ground{fill:#fff}.label{font:12px system-ui,sans-serif;fill:#333}.title{font:600 14px system-ui,sans-serif;fill:#111}',
  '.rule{stroke:#ddd}polyline{fill:none;stroke-width:1.5}',
  ...colours.map((colour, at) => `.c${at}{fill:${colour}}.l${at}{stroke:${colour}}`),
  '@media(prefers-color-scheme:dark){.ground{fill:#161b22}.label{fill:#c9d1d9}.title{fill:#f0f6fc}.rule{stroke:#30363d}}',
].join('');

function escaped(content: string): string {
  return content.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}

const round = (value: number): number => Math.round(value * 10) / 10;
