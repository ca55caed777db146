import { speakerReleases } from './releases.ts';

/** The texts to speakers: one for each thing that they are told, and another one for what a rule of the call has rejected. */
export const templateNames = [...speakerReleases, 'rejected-by-rule'] as const;

export type TemplateName = (typeof templateNames)[number];

/** The text begins with a line `Subject: …` and an empty one. */
export type Template = { text: string; html: string };

export type Templates = Partial<Record<TemplateName, Template>>;

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
  /** Why a rule of the call has rejected it, in sentences; none where people have decided. */
  reasons: string[];
  /** The same by rule, for those who say it in words of their own. */
  rejectedFor: { length: boolean; links: boolean; language: boolean };
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
  'reasons',
  'rejectedFor.length',
  'rejectedFor.links',
  'rejectedFor.language',
  '.',
] as const;
