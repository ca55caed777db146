import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { simpleParser } from 'mailparser';
import { until } from '../until.ts';

/** The mails of one kind about a talk, in the outbox. */
async function lettersAbout(outbox: string, id: string, kind: string): Promise<string[]> {
  const files = await readdir(outbox).catch(() => []);
  return files.filter((name) => name.startsWith(`${id}.`) && name.includes(kind) && name.endsWith('.eml'));
}

export async function countLetters(outbox: string, id: string, kind: string): Promise<number> {
  return (await lettersAbout(outbox, id, kind)).length;
}

/** As whoever reads the receipt does, and presses the button of the page that it links to. */
export async function proveAddress(url: string, outbox: string, id: string): Promise<void> {
  const [receipt = ''] = await until(async () => {
    const found = await lettersAbout(outbox, id, 'receipt');
    return found.length > 0 ? found : undefined;
  }, `no receipt came for ${id}`);
  const { text = '' } = await simpleParser(await readFile(join(outbox, receipt)));
  const [, token = ''] = /\/proof#(\S+)/.exec(text) ?? [];
  const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' };
  await until(async () => {
    const answer = await fetch(`${url}/api/submissions/${id}/proof`, {
      method: 'POST',
      headers,
      body: '{"answer":"mine"}',
    });
    return answer.ok;
  }, `the address of ${id} could not be proved`);
}
