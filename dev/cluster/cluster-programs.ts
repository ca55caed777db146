import type { ProgramsConfig } from '../../process/settings/programs-config.ts';
import { SetupError } from '../../process/setup-error.ts';
import { findDebianProgram, installDebian } from '../programs/debian.ts';
import { findPostgres } from '../programs/postgres.ts';
import { findProgram } from '../programs/programs.ts';
import { temporalServer, temporalSqlTool } from '../programs/temporal-server.ts';

export type ClusterPrograms = Awaited<ReturnType<typeof findClusterPrograms>>;

/** @throws SetupError that says what is missing */
export async function findClusterPrograms(config: ProgramsConfig, report: (line: string) => void) {
  return {
    path: config.path,
    nginx: await findDebianProgram('nginx', config.path, report),
    postgres: await findOrInstallPostgres(config.path, report),
    temporalServer: await findProgram(temporalServer, config, report),
    temporalSqlTool: await findProgram(temporalSqlTool, config, report),
  };
}

export async function findOrInstallPostgres(path: string, report: (line: string) => void): Promise<string> {
  const found = await findPostgres(path);
  if (found !== undefined) return found;
  await installDebian('postgresql', path, report);
  const installed = await findPostgres(path);
  if (installed === undefined)
    throw new SetupError('PostgreSQL is not installed (Debian, Ubuntu: apt-get install postgresql)');
  return installed;
}
