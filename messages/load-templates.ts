import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Template, type TemplateName, type Templates, templateNames } from '../contract/mail/message-templates.ts';
import { SetupError } from '../process/setup-error.ts';
import { problemsOf } from './check-template.ts';

/** @throws SetupError with all problems of all templates */
export async function loadTemplates(folder: string): Promise<Templates> {
  const files = await readdir(folder).catch((cause: unknown) => {
    throw new SetupError(`templates: ${folder} is not a readable folder`, { cause });
  });
  const problems = files
    .filter((file) => !templateNames.some((name) => [`${name}.txt`, `${name}.html`].includes(file)))
    .map((file) => `${file}: no text has this name; there are ${templateNames.join(', ')}, each in .txt and .html`);

  const templates: Templates = {};
  for (const name of templateNames) {
    const [hasText, hasHtml] = [files.includes(`${name}.txt`), files.includes(`${name}.html`)];
    if (!hasText && !hasHtml) continue;
    if (hasText !== hasHtml) problems.push(`${name}: needs ${name}.${hasText ? 'html' : 'txt'} beside the other file`);
    else {
      const template = await read(folder, name);
      problems.push(...problemsOf(template).map((problem) => `${name}: ${problem}`));
      templates[name] = template;
    }
  }
  if (problems.length === 0) return templates;
  throw new SetupError([`The templates in ${folder} are wrong:`, ...problems.map((line) => `  ${line}`)].join('\n'));
}

const shipped = fileURLToPath(new URL('templates/', import.meta.url));
const known = new Map<TemplateName, Promise<Template>>();

export function usualTemplate(name: TemplateName): Promise<Template> {
  const template = known.get(name) ?? read(shipped, name);
  known.set(name, template);
  return template;
}

async function read(folder: string, name: TemplateName): Promise<Template> {
  const [text, html] = await Promise.all(
    ['txt', 'html'].map((extension) => readFile(join(folder, `${name}.${extension}`), 'utf8')),
  );
  return { text: text ?? '', html: html ?? '' };
}
