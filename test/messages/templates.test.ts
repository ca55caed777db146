import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadCall } from '../../api/call-file.ts';
import { templateNames } from '../../contract/mail/message-templates.ts';
import { problemsOf } from '../../messages/check-template.ts';
import { loadTemplates, usualTemplate } from '../../messages/load-templates.ts';
import { render, sampleFields } from '../../messages/render.ts';

const sparse = { ...sampleFields, answerBy: undefined, feedback: [], hasFeedback: false };
const notByName: readonly string[] = [
  ...['receipt', 'news', 'access', 'over-limit', 'co-speaker-told', 'co-speaker-invited'],
  ...['address-proof', 'address-changing', 'address-replaced'],
];
const good = { text: 'Subject: {{title}}\n\nDear {{speaker.name}}\n', html: '<p>{{title}}</p>' };

describe.each(templateNames)('the text %s', (name) => {
  test('is right, and reads well with all fields and with few', async () => {
    const template = await usualTemplate(name);

    expect(problemsOf(template)).toEqual([]);
    for (const fields of [sampleFields, sparse]) {
      const { subject, text, html } = render(template, fields);
      for (const part of [subject, text, html]) expect(part).not.toMatch(/\{\{|\}\}|undefined|&quot;/);
      expect(text).not.toMatch(/\n{3}/);
      if (!notByName.includes(name)) expect(text).toContain(sampleFields.speaker.name);
      expect(html).toContain('<html lang="en">');
    }
  });
});

test.each([
  ...['receipt', 'news', 'access', 'address-proof', 'address-changing', 'address-replaced'],
  'co-speaker-invited',
] as const)('H38: the text %s has not a word of the submitter, whose address it perhaps isn’t', async (name) => {
  const { subject, text, html } = render(await usualTemplate(name), sampleFields);

  for (const part of [subject, text, html])
    for (const secret of [sampleFields.speaker.name, sampleFields.title]) expect(part).not.toContain(secret);
  expect(text.includes(sampleFields.link)).toBe(name !== 'address-replaced');
});

test('a title is text in the text, and no markup in the HTML', () => {
  const title = '<script>alert("&")</script>';

  const { subject, html } = render(good, { ...sampleFields, title });

  expect(subject).toBe(title);
  expect(html).not.toContain('<script>');
});

test('a subject is one line, whatever is in it', () => {
  expect(render(good, { ...sampleFields, title: 'a\r\nBcc: eve' }).subject).toBe('a Bcc: eve');
});

test.each([
  ['no subject', { ...good, text: 'Dear Ada\n' }, 'Subject: …'],
  ['nothing but a subject', { ...good, text: 'Subject: yes\n' }, 'something below'],
  ['a placeholder that there is not', { ...good, text: 'Subject: x\n\n{{speaker.phone}}' }, '{{speaker.phone}}'],
  ['one inside of a section', { ...good, html: '{{#hasFeedback}}{{secret}}{{/hasFeedback}}' }, '{{secret}}'],
  ['unescaped HTML', { ...good, html: '{{{title}}}' }, 'only escaped'],
  ['a partial', { ...good, text: 'Subject: x\n\n{{> other}}' }, 'only escaped'],
  ['a section that is not closed', { ...good, html: '{{#hasFeedback}}' }, "can't be read"],
])('%s is found', (_, template, said) => {
  expect(problemsOf(template).join()).toContain(said);
  expect(() => render(template, sampleFields)).toThrow(said);
});

describe("a call's own texts", () => {
  async function aFolder(files: Record<string, string>) {
    const folder = await mkdtemp(join(tmpdir(), 'texts-'));
    await mkdir(join(folder, 'texts'));
    for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
    return folder;
  }

  test('are read with the call, beside its file', async () => {
    const example = new URL('../../examples/call.yaml', import.meta.url);
    const { readFile } = await import('node:fs/promises');
    const folder = await aFolder({
      'call.yaml': `${await readFile(example, 'utf8')}\ntemplates: texts\n`,
      'texts/accepted.txt': good.text,
      'texts/accepted.html': good.html,
    });

    expect((await loadCall(join(folder, 'call.yaml'))).texts).toEqual({ accepted: good });
  });

  test('are refused with all that is wrong with any of them', async () => {
    const folder = await aFolder({
      'texts/accepted.txt': 'Dear {{speaker.phone}}',
      'texts/accepted.html': '<p></p>',
      'texts/rejected.txt': good.text,
      'texts/welcome.txt': good.text,
    });

    const error = await loadTemplates(join(folder, 'texts')).catch(String);

    for (const said of [
      'welcome.txt: no text',
      'rejected: needs rejected.html',
      'accepted: the text must',
      '{{speaker.phone}}',
    ])
      expect(error).toContain(said);
  });
});
