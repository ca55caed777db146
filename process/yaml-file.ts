import { readFile } from 'node:fs/promises';
import { parse, YAMLParseError } from 'yaml';
import type { z } from 'zod';
import { describeIssues } from '../contract/http/issues.ts';
import { SetupError } from './setup-error.ts';

type Named = { setting: string; what: string };

/** @throws SetupError that lists everything wrong with the file */
export async function loadYaml<Value>(file: string, schema: z.ZodType<Value>, named: Named): Promise<Value> {
  const content = parseYaml(file, await readText(file, named));
  const result = schema.safeParse(content);
  if (result.success) return result.data;
  const problems = describeIssues(result.error.issues, content).map(
    ({ pointer, detail }) => `  ${pointer || '/'}: ${detail}`,
  );
  throw new SetupError([`${file} is not a valid ${named.what}:`, ...problems].join('\n'));
}

async function readText(file: string, { setting, what }: Named): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    throw new SetupError(`${file} can't be read; ${setting} must name the file of the ${what}`, { cause });
  }
}

function parseYaml(file: string, text: string): unknown {
  try {
    return parse(text);
  } catch (cause) {
    const reason = cause instanceof YAMLParseError ? cause.message : String(cause);
    throw new SetupError(`${file} is not well-formed YAML: ${reason}`, { cause });
  }
}
