import { dirname, resolve } from 'node:path';
import { type Call, callSchema } from '../contract/call/call.ts';
import { loadTemplates } from '../messages/load-templates.ts';
import { loadYaml } from '../process/yaml-file.ts';

/** Reads and checks a call's file (YAML), and its own texts. @throws SetupError that lists all that is wrong with it */
export async function loadCall(file: string): Promise<Call> {
  const call = await loadYaml(file, callSchema, { setting: 'CALL_FILE', what: 'call' });
  if (call.templates === undefined) return call;
  return { ...call, texts: await loadTemplates(resolve(dirname(file), call.templates)) };
}
