import { dirname, resolve } from 'node:path';
import { type Call, callSchema } from '../contract/call/call.ts';
import { loadTemplates } from '../messages/load-templates.ts';
import { loadYaml } from '../process/yaml-file.ts';

/** Reads and checks a call file (YAML) and its message templates. @throws SetupError that lists everything wrong with it */
export async function loadCall(file: string): Promise<Call> {
  const call = await loadYaml(file, callSchema, { setting: 'CALL_FILE', what: 'call' });
  if (call.templates === undefined) return call;
  return { ...call, texts: await loadTemplates(resolve(dirname(file), call.templates)) };
}
