import { readFile } from 'node:fs/promises';
import { parse, YAMLParseError } from 'yaml';
import { type Call, callSchema } from '../contract/call.ts';
import { SetupError } from '../setup-error.ts';
import { describeIssues } from './issues.ts';

/** The call's file can't be used. The message lists all that is wrong with it. */
class CallFileError extends SetupError {
  override name = 'CallFileError';
}

/** Reads and checks a call's file (YAML). @throws CallFileError */
export async function loadCall(file: string): Promise<Call> {
  const content = parseYaml(file, await readText(file));
  const result = callSchema.safeParse(content);
  if (result.success) return result.data;
  const problems = describeIssues(result.error.issues, content).map(
    ({ pointer, detail }) => `  ${pointer || '/'}: ${detail}`,
  );
  throw new CallFileError([`${file} is not a valid call:`, ...problems].join('\n'));
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    throw new CallFileError(`${file} can't be read; CALL_FILE must name the call's file`, { cause });
  }
}

function parseYaml(file: string, text: string): unknown {
  try {
    return parse(text);
  } catch (cause) {
    const reason = cause instanceof YAMLParseError ? cause.message : String(cause);
    throw new CallFileError(`${file} is not well-formed YAML: ${reason}`, { cause });
  }
}
