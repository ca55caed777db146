import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import type { SubmissionId } from '../contract/submission-id.ts';
import { asMail, type Email } from './as-mail.ts';
import type { Sending } from './sending.ts';

/** Writes messages to files: e-mails in the format of mail programs, all others as JSON. */
export function createOutbox(folder: string) {
  const composer = createTransport({ streamTransport: true, buffer: true });

  return {
    async sendEmail(email: Email): Promise<Sending> {
      const { message } = await composer.sendMail(asMail(email));
      return write(`${email.messageId}.eml`, message);
    },

    async forget(submission: SubmissionId): Promise<void> {
      const files = await readdir(folder).catch(() => []);
      for (const file of files) if (file.startsWith(`${submission}.`)) await rm(join(folder, file), { force: true });
    },

    writeEvent: (id: string, event: object): Promise<Sending> =>
      write(`${id}.json`, `${JSON.stringify(event, null, 2)}\n`),
  };

  /** Renames a finished file, so that readers of the folder never find half a message. */
  async function write(name: string, content: unknown): Promise<Sending> {
    const file = join(folder, name.replaceAll(/[^\w.@-]/g, '_'));
    try {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      await writeFile(`${file}.part`, Buffer.isBuffer(content) ? content : String(content), { mode: 0o600 });
      await rename(`${file}.part`, file);
      return { kind: 'sent', detail: file };
    } catch (error) {
      return { kind: 'postponed', detail: error instanceof Error ? error.message : String(error) };
    }
  }
}
