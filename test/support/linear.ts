import { expect } from 'vitest';

/** Milliseconds of CPU that are not worth a comparison. The square of the largest size takes several times as long. */
const negligible = 6;

/** The last two are a text and its double; those before find out what would take for ever. */
const sizes = [24, 40, 512, 8_192, 16_384];

// What patterns stumble over: one character or a few, again and again, behind a beginning that fits and before an end that
// doesn't.
const beginnings = ['', 'a', '"', 'https://a', 'a@a'];
const units = [
  ...['a', 'A', '0', '-', '_', '.', ',', ';', ':', '=', '"', '\\', '/', '%', '@', '<', '(', '*', '+', '~', '&', '{'],
  ...[' ', '\t', '\n', '\r\n', '\u00a0', '\u200b', '\u00e9', '\u{1f600}'],
  ...[
    ', ',
    '\\"',
    '"a"',
    ' "',
    'a-',
    '-a',
    'a.',
    '.a',
    'a ',
    ' a',
    '0a',
    '1.',
    ':0',
    '%20',
    'a=',
    '{{',
    'W/"a",',
    '<a',
    '-a-bb',
  ],
];
const ends = ['', '!', '\n', '"', '\u0000'];

export const attacks = beginnings.flatMap((beginning) =>
  units.flatMap((unit) => ends.map((end) => ({ beginning, unit, end }))),
);

type Attack = (typeof attacks)[number];

/** Another process on the machine may spoil one comparison, or two. */
const comparisons = 3;

/** Fails where twice the text costs clearly more than twice the CPU: what is linear doubles, and the square is four times as much. */
export async function expectLinear(read: (text: string) => unknown, tried: readonly Attack[] = attacks): Promise<void> {
  for (const attack of tried) {
    for (const size of sizes) {
      const whole = textOf(attack, size);
      const half = textOf(attack, size / 2);
      if ((await costOf(read, whole)) <= negligible) continue;
      const seen: string[] = [];
      while (seen.length < comparisons) {
        const before = await leastCostOf(read, half);
        const cost = await leastCostOf(read, whole);
        if (cost <= negligible || cost <= 3 * before) break;
        seen.push(`${before} ms for ${size / 2} characters, ${cost} ms for ${size}`);
      }
      if (seen.length === comparisons) expect.fail(`${JSON.stringify(attack)}: ${seen.join('; ')}`);
    }
  }
}

function textOf({ beginning, unit, end }: Attack, size: number): string {
  return `${beginning}${unit.repeat(Math.ceil(size / unit.length))}${end}`;
}

async function leastCostOf(read: (text: string) => unknown, text: string): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  for (let time = 0; time < 5; time += 1) least = Math.min(least, await costOf(read, text));
  return least;
}

/** Milliseconds of CPU, whatever else the machine does. */
async function costOf(read: (text: string) => unknown, text: string): Promise<number> {
  const begun = process.cpuUsage();
  try {
    await read(text);
  } catch {
    // To refuse it is an answer.
  }
  const { user, system } = process.cpuUsage(begun);
  return (user + system) / 1_000;
}
