import { type EditableField, editableFields } from './call/editable-fields.ts';
import type { Submission } from './submission.ts';

/** The parts of a submission that are edited as a whole, in a form in which equal ones are equal. */
const partOf = {
  title: ({ title }) => title,
  description: ({ description }) => description,
  track: ({ track }) => track,
  format: ({ format }) => format,
  level: ({ level }) => level,
  language: ({ language }) => language,
  links: ({ links = [] }) => links,
  notes: ({ notes }) => notes,
  consents: ({ consents = {} }) => Object.entries(consents).sort(([one], [other]) => (one < other ? -1 : 1)),
  coSpeakers: ({ coSpeakers = [] }) => coSpeakers.map(({ name, email }) => [name, email]),
  'speaker.name': ({ speaker }) => speaker.name,
  'speaker.email': ({ speaker }) => speaker.email,
  'speaker.bio': ({ speaker }) => speaker.bio,
  'speaker.country': ({ speaker }) => speaker.country,
} as const satisfies Record<EditableField, (submission: Submission) => unknown>;

export function changedFields(before: Submission, after: Submission): EditableField[] {
  return editableFields.filter((field) => {
    const [one, other] = [partOf[field](before), partOf[field](after)];
    return JSON.stringify(one) !== JSON.stringify(other);
  });
}

/** Another address is no edit of the text: it has to be proved before it counts. */
export function withAddressOf(submission: Submission, { speaker: { email } }: Submission): Submission {
  return { ...submission, speaker: { ...submission.speaker, email } };
}
