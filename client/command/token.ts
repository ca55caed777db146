import { readFile } from 'node:fs/promises';
import { isBearerToken } from '../../contract/http/bearer-token.ts';
import { codeIn } from '../access.ts';
import { readLine, type Terminal } from './read-line.ts';
import { UsageError } from './usage-error.ts';

type Source = { name: string; file?: string | undefined; variable?: string | undefined };

/** Never takes a token from the arguments: other users and the shell's history see them. @throws UsageError */
export async function readToken(
  { name, file, variable }: Source,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<string> {
  if (file !== undefined)
    return checked(firstLineOf(await contentOf(file)), `${file} has no ${name} in its first line`);
  if (variable) return checked(variable.trim(), `CFS_TOKEN is not a valid ${name}`);
  const line = await readLine(`The ${name}: `, { ...terminal, isHidden: true }, signal);
  return checked(line, `standard input has no ${name} in its first line`);
}

/** The code from a mail, or the link that it is in. @throws UsageError */
export async function readCode(
  { file, code }: { file: string | undefined; code: string | undefined },
  terminal: Terminal,
  signal: AbortSignal,
): Promise<string> {
  const name = 'code from the mail';
  if (code !== undefined) return checked(codeIn(code), `--code is no ${name}`);
  if (file !== undefined) return checked(codeIn(firstLineOf(await contentOf(file))), `${file} has no ${name}`);
  const line = await readLine(`The ${name}, or its link: `, { ...terminal, isHidden: true }, signal);
  return checked(codeIn(line), `standard input has no ${name} in its first line`);
}

async function contentOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    throw new UsageError(`--token-file: ${cause instanceof Error ? cause.message : cause}`, { cause });
  }
}

const firstLineOf = (text: string) => text.split('\n', 1)[0]?.trim() ?? '';

function checked(token: string, complaint: string): string {
  if (isBearerToken(token)) return token;
  throw new UsageError(complaint);
}
