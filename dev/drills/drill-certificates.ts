import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];

/** An authority of its own in a folder, which signs certificates for 127.0.0.1. */
export async function createAuthority(folder: string) {
  const [authorityKey, authority] = [join(folder, 'authority.key'), join(folder, 'authority.pem')];
  const of = ['-keyout', authorityKey, '-out', authority, '-days', '2', '-subj', '/CN=The authority of a drill'];
  await run('openssl', ['req', '-x509', ...newKey, ...of]);
  const [key, request, extensions] = ['server.key', 'server.csr', 'server.ext'].map((name) => join(folder, name));
  await run('openssl', ['req', ...newKey, '-keyout', `${key}`, '-out', `${request}`, '-subj', '/CN=127.0.0.1']);
  await writeFile(`${extensions}`, 'subjectAltName=IP:127.0.0.1\n');

  return {
    /** Path of its own certificate. */
    file: authority,

    /** @param days for which it is valid from now on; a negative number makes one that has expired */
    async sign(days: number): Promise<{ key: Buffer; cert: Buffer }> {
      const signed = join(folder, 'server.pem');
      const by = ['-CA', authority, '-CAkey', authorityKey, '-CAcreateserial', '-extfile', `${extensions}`];
      await run('openssl', ['x509', '-req', '-in', `${request}`, ...by, '-days', String(days), '-out', signed]);
      return { key: await readFile(`${key}`), cert: await readFile(signed) };
    },
  };
}
