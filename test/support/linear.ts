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

/** Fails where twice the text costs clearly more than twice the CPU: what is linear doubles, and the square is four times as much. */
export async function expectLinear(read: (text: string) => unknown, tried: readonly Attack[] = attacks): Promise<void> {
  for (const attack of tried) {
    let before = 0;
    for (const size of sizes) {
      const text = textOf(attack, size);
      let cost = await costOf(read, text);
      if (cost > negligible) {
        // Again, and the best of it: the machine has other things to do.
        before = await leastCostOf(read, textOf(attack, size / 2));
        cost = await leastCostOf(read, text);
      }
      if (cost > negligible && cost > 3 * before)
        expect.fail(`${JSON.stringify(attack)}: ${before} ms for ${size / 2} characters, ${cost} ms for ${size}`);
      before = cost;
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
