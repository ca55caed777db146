import { type Call, callSchema } from '../contract/call.ts';
import { loadYaml } from './yaml-file.ts';

/** Reads and checks a call's file (YAML). @throws SetupError that lists all that is wrong with it */
export function loadCall(file: string): Promise<Call> {
  return loadYaml(file, callSchema, { setting: 'CALL_FILE', what: 'call' });
}
