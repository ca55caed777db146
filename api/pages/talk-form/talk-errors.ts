import type { Extensions } from '../../http/problem.ts';
import type { FieldError } from '../parts/error-summary.tsx';
import { texts } from '../texts.ts';
import { type TalkValues, textFields } from './talk-values.ts';

type Errors = NonNullable<Extensions['errors']>;

/** The errors of a problem document, each at its field, in the order of the form. */
export function talkErrors(errors: Errors, values: TalkValues): FieldError[] {
  const found = errors.map(({ pointer, detail }) => errorAt(pointer.slice(1).split('/'), detail, values));
  // One for each field is enough to act on.
  const first = found.filter(({ field }, at) => found.findIndex((one) => one.field === field) === at);
  return first.toSorted((one, other) => placeOf(one.field) - placeOf(other.field));
}

const order: readonly string[] = [...textFields, 'coSpeakers', 'consents'];

function placeOf(field: string): number {
  const place = order.findIndex((name) => field === name || field.startsWith(`${name}.`));
  return place === -1 ? order.length : place;
}

function errorAt(path: readonly string[], detail: string, values: TalkValues): FieldError {
  const [top = '', at = '', part = ''] = path;
  const words = detail.replaceAll('e-mail', 'email');
  if (top === 'consents') return { field: `consents.${at}`, message: texts.form.missingConsent };
  if (top === 'links' && at !== '')
    return { field: 'links', message: `${texts.fields.links}: ${texts.form.ofLine(Number(at) + 1, words)}` };
  if (top === 'coSpeakers') {
    const label = part === 'name' ? texts.form.coSpeakerName : texts.form.coSpeakerEmail;
    return {
      field: `coSpeakers.${at || 0}.${part || 'name'}`,
      message: `${texts.form.coSpeaker(Number(at || 0) + 1)}: ${label} ${words}`,
    };
  }
  const field = path.join('.');
  return { field, message: missing(field, values) ?? `${labelOf(field)} ${words}` };
}

function missing(field: string, values: TalkValues): string | undefined {
  const isEmpty = Object.entries(values).some(([name, value]) => name === field && value === '');
  return isEmpty ? Object.entries(texts.form.missing).find(([name]) => name === field)?.[1] : undefined;
}

function labelOf(field: string): string {
  return Object.entries(texts.fields).find(([name]) => name === field)?.[1] ?? field;
}
