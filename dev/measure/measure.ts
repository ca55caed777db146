/**
 * `npm run measure`: writes measures of the code, before the rooms and now, into docs/architecture.md. Needs the whole
 * history of the repository.
 */
import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type CodeMeasures, measureCode } from './measure-code.ts';
import type { Import } from './measure-imports.ts';
import { drawRooms, roomsOf } from './rooms.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const document = join(root, 'docs/architecture.md');
const [begin, end] = ['<!-- npm run measure -->', '<!-- measured -->'];
/** The last commit before the rooms. */
const revision = 'a007a9a';

const now = await measureCode(root);
const before = await measureRevision(revision);
const report = [
  `Before is commit ${revision}. Where there are three numbers, they are the median, the 90th percentile and the maximum.`,
  [
    '| code | files | lines | lines of a file | exports of a file | lines of a function | `any` | casts | imports in cycles | comments |',
    '|---|---|---|---|---|---|---|---|---|---|',
    row('shipped, before', before.shipped),
    row('**shipped**', now.shipped),
    ...now.rooms.map(([room, measures]) => row(`\`${room}/\``, measures)),
    row('all, before', before.everything),
    row('**all**', now.everything),
  ].join('\n'),
  `Rooms and files at the top, before: ${counts(before.imports)}.`,
  drawRooms(before.imports),
  `Now: ${counts(now.imports)}.`,
  drawRooms(now.imports),
  `Inside of \`api/\`, before: ${counts(before.imports, 'api/')}. Now: ${counts(now.imports, 'api/')}.`,
  drawRooms(now.imports, 'api/'),
].join('\n\n');

const text = await readFile(document, 'utf8');
const [from, to] = [text.indexOf(begin), text.indexOf(end)];
if (from === -1 || to < from) throw new Error(`${document}: has no ${begin} … ${end} to write between`);
await writeFile(document, `${text.slice(0, from)}${begin}\n\n${report}\n\n${text.slice(to)}`);
process.stdout.write(`${report}\n`);

function row(name: string, of: CodeMeasures): string {
  const spreads = [of.fileLines, of.exports, of.functionLines].map(
    ({ median, p90, max }) => `${median}, ${p90}, ${max}`,
  );
  const share = `${(100 * of.commentShare).toFixed(1)} %`;
  return `| ${[name, of.files, of.lines, ...spreads, of.anys, of.casts, of.importsInCycles, share].join(' | ')} |`;
}

function counts(imports: Import[], within = ''): string {
  const { rooms, pairs } = roomsOf(imports, within);
  return `${rooms.length}, with ${pairs.length} imports between them`;
}

async function measureRevision(name: string) {
  const folder = await mkdtemp(join(tmpdir(), 'call-for-speakers-measure-'));
  try {
    const files = execFileSync('git', ['archive', name], { cwd: root, maxBuffer: Number.POSITIVE_INFINITY });
    execFileSync('tar', ['-x', '-C', folder], { input: files });
    return await measureCode(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}
