import Mustache from 'mustache';
import { placeholders, type Template } from '../contract/mail/message-templates.ts';

export function problemsOf({ text, html }: Template): string[] {
  const [subject = ''] = text.split('\n');
  return [
    ...(/^Subject: \S/.test(subject) ? [] : ['the text must begin with a line "Subject: …"']),
    ...(text.split('\n').slice(1).join('').trim() ? [] : ['the text must have something below its subject']),
    ...inTokens('the text', text, ['name', '&', '#', '^', 'text', '!']),
    ...inTokens('the HTML', html, ['name', '#', '^', 'text', '!']),
  ];
}

type Token = [kind: string, value: string, start: number, end: number, inner?: unknown, ...rest: unknown[]];

function inTokens(where: string, source: string, kinds: readonly string[]): string[] {
  try {
    return problemsIn(where, Mustache.parse(source), kinds);
  } catch (error) {
    return [`${where} can't be read: ${error instanceof Error ? error.message : String(error)}`];
  }
}

function problemsIn(where: string, tokens: unknown[], kinds: readonly string[]): string[] {
  return tokens.filter(isToken).flatMap(([kind, value, , , inner]) => {
    if (!kinds.includes(kind)) return [`${where} has {{${kind}${value}}}: only escaped values and sections are taken`];
    const isKnown = kind === 'text' || kind === '!' || placeholders.some((name) => name === value);
    const own = isKnown ? [] : [`${where} names {{${value}}}: there are ${placeholders.join(', ')}`];
    return [...own, ...(Array.isArray(inner) ? problemsIn(where, inner, kinds) : [])];
  });
}

function isToken(token: unknown): token is Token {
  return Array.isArray(token) && typeof token[0] === 'string';
}
