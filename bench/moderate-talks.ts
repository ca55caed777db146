/** `npm run moderate-talks -- FILE`: how many of the talks in a file the moderation rejects or flags. */
import { readFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import { isGood, moderationFigures } from './moderation-figures.ts';
import { print } from './report/print.ts';

const [file] = process.argv.slice(2);
if (file === undefined) {
  print(
    'Usage: npm run moderate-talks -- FILE. Each line is a talk, { "title", "description", "language" }; .gz is unpacked',
  );
  process.exitCode = 2;
} else {
  const content = await readFile(file);
  const text = file.endsWith('.gz') ? gunzipSync(content) : content;
  const lines = text
    .toString()
    .split('\n')
    .filter((line) => line.trim() !== '');
  const all = await moderationFigures(lines);
  print(
    `${'language'.padEnd(12)}${['talks', 'rejected', 'flagged', 'share'].map((head) => head.padStart(10)).join('')}`,
  );
  for (const figures of all) {
    const { language, talks, rejected, flagged, share } = figures;
    const cells = [talks, rejected, flagged, `${share.toFixed(2)} %`].map((cell) => String(cell).padStart(10));
    print(`${language.padEnd(12)}${cells.join('')}${isGood(figures) ? '' : '   too many'}`);
  }
  if (!all.every(isGood)) process.exitCode = 1;
}
