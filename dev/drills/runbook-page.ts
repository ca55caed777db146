import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';

/** Milliseconds after which a drill has failed: no runbook takes longer. */
export const longestRepair = 5 * 60_000;

export type RunbookPage = Awaited<ReturnType<typeof openRunbookPage>>;

/** Commands of a page by the heading that they stand under. */
function commandsIn(page: string): Map<string, string> {
  const commands = new Map<string, string>();
  for (const section of page.split(/^## /m).slice(1)) {
    const [heading = ''] = section.split('\n', 1);
    const blocks = [...section.matchAll(/^```sh\n(.*?)^```$/gms)].map(([, block = '']) => block);
    if (blocks.length > 0) commands.set(heading, blocks.join(''));
  }
  return commands;
}

/**
 * A page of the runbook, for a drill that does what the page says: it runs the commands of the page itself, as somebody
 * would who copies them into a shell.
 *
 * @param programs that the commands need, by their names: what a shell executes for each
 */
export async function openRunbookPage(name: string, programs: Record<string, string>, env: NodeJS.ProcessEnv) {
  const commands = commandsIn(await readFile(new URL(`../../docs/runbook/${name}.md`, import.meta.url), 'utf8'));
  const bin = await mkdtemp(join(tmpdir(), `call-for-speakers-drill-${process.pid}-`));
  for (const [program, command] of Object.entries(programs))
    await writeFile(join(bin, program), `#!/bin/sh\nexec ${command} "$@"\n`, { mode: 0o755 });
  const left = new Set(commands.keys());

  return {
    /** @throws Error if a command fails, or there are none under this heading */
    async run(heading: string, variables: Record<string, string> = {}): Promise<string> {
      const block = commands.get(heading);
      if (block === undefined) throw new Error(`docs/runbook/${name}.md has no commands under “${heading}”`);
      left.delete(heading);
      const PATH = `${bin}${delimiter}${env.PATH ?? ''}`;
      const { stdout } = await promisify(execFile)('sh', ['-e', '-c', block], { env: { ...env, ...variables, PATH } });
      return stdout;
    },

    /** Headings whose commands were not run. */
    left: (): string[] => [...left],

    close: () => rm(bin, { recursive: true }),
  };
}
