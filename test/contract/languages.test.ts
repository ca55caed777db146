import { eld } from 'eld/small';
import { expect, test } from 'vitest';
import { knownLanguageOf, knownLanguages, nameOfLanguage } from '../../contract/call/languages.ts';

test('a call may ask for the languages that the detector knows', () => {
  expect([...knownLanguages]).toEqual(Object.values(eld.info().Languages));
});

test.each([
  ['en', 'en'],
  ['EN', 'en'],
  ['nb', 'no'],
  ['nn', 'no'],
  ['id', undefined],
  ['gl', undefined],
  ['pt-BR', undefined],
  ['constructor', undefined],
])('the detector has %s for %s', (code, known) => {
  expect(knownLanguageOf(code)).toBe(known);
});

test('a language has an English name', () => {
  expect(['fr', 'no', 'zh'].map(nameOfLanguage)).toEqual(['French', 'Norwegian', 'Chinese']);
});
