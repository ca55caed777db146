/** What stands in the form of a talk: texts as they were typed, whatever is wrong with them. */
import type { Call } from '../../../contract/call/call.ts';
import { omitUndefined } from '../../../contract/omit-undefined.ts';
import type { Submission } from '../../../contract/submission.ts';
import { submissionLimits } from '../../../contract/submission-limits.ts';
import { textIn } from '../routing/read-form.ts';

export const textFields = [
  'title',
  'description',
  'track',
  'format',
  'level',
  'language',
  'links',
  'speaker.name',
  'speaker.email',
  'speaker.bio',
  'speaker.country',
  'notes',
] as const;

export type TextFieldName = (typeof textFields)[number];

export type TalkValues = Record<TextFieldName, string> & {
  coSpeakers: { name: string; email: string }[];
  /** Version of each text that was agreed to, by its id. */
  consents: Record<string, string>;
};

type Asking = Pick<Call, 'consents'>;

const rows = [...Array(submissionLimits.coSpeakers.maxItems).keys()];

export function valuesIn(form: URLSearchParams, { consents }: Asking): TalkValues {
  const coSpeakers = rows.map((at) => ({
    name: textIn(form, `coSpeakers.${at}.name`),
    email: textIn(form, `coSpeakers.${at}.email`),
  }));
  return {
    ...withEach((name) => textIn(form, name)),
    links: linesOf(textIn(form, 'links')).join('\n'),
    coSpeakers: coSpeakers.filter(({ name, email }) => name !== '' || email !== ''),
    consents: Object.fromEntries(
      consents.map(({ id }) => [id, textIn(form, `consents.${id}`)] as const).filter(([, version]) => version !== ''),
    ),
  };
}

export const noValues: TalkValues = { ...withEach(() => ''), coSpeakers: [], consents: {} };

/** What was submitted, to be changed. */
export function valuesOf({ speaker, links = [], coSpeakers = [], consents = {}, ...talk }: Submission): TalkValues {
  return {
    title: talk.title,
    description: talk.description,
    track: talk.track,
    format: talk.format,
    level: talk.level ?? '',
    language: talk.language ?? '',
    links: links.join('\n'),
    'speaker.name': speaker.name,
    'speaker.email': speaker.email,
    'speaker.bio': speaker.bio ?? '',
    'speaker.country': speaker.country ?? '',
    notes: talk.notes ?? '',
    coSpeakers,
    consents,
  };
}

/** The submission as the API takes it; its checks come later. */
export function contentOf(values: TalkValues, { consents }: Asking) {
  const given = (text: string) => (text === '' ? undefined : text);
  return omitUndefined({
    title: values.title,
    description: values.description,
    track: values.track,
    format: given(values.format),
    level: given(values.level),
    language: given(values.language),
    links: values.links === '' ? undefined : linesOf(values.links),
    notes: given(values.notes),
    speaker: omitUndefined({
      name: values['speaker.name'],
      email: values['speaker.email'],
      bio: given(values['speaker.bio']),
      country: given(values['speaker.country']),
    }),
    coSpeakers: values.coSpeakers.length > 0 ? values.coSpeakers : undefined,
    consents: consents.length > 0 ? values.consents : undefined,
  });
}

function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

function withEach(of: (name: TextFieldName) => string): Record<TextFieldName, string> {
  return {
    title: of('title'),
    description: of('description'),
    track: of('track'),
    format: of('format'),
    level: of('level'),
    language: of('language'),
    links: of('links'),
    'speaker.name': of('speaker.name'),
    'speaker.email': of('speaker.email'),
    'speaker.bio': of('speaker.bio'),
    'speaker.country': of('speaker.country'),
    notes: of('notes'),
  };
}
