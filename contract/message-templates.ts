import type { SpeakerRelease } from './releases.ts';

/** The text begins with a line `Subject: …` and an empty one. */
export type Template = { text: string; html: string };

export type Templates = Partial<Record<SpeakerRelease, Template>>;

/** What a template may name. */
export type MessageFields = {
  call: { name: string; contact: string };
  speaker: { name: string };
  title: string;
  /** Page of the submission, with the speaker's own access to it. */
  link: string;
  /** Date and time, where there is something to answer. */
  answerBy: string | undefined;
  feedback: string[];
  hasFeedback: boolean;
};

export const placeholders = [
  'call.name',
  'call.contact',
  'speaker.name',
  'title',
  'link',
  'answerBy',
  'feedback',
  'hasFeedback',
  '.',
] as const;
