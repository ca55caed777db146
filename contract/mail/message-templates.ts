import { speakerReleases } from './releases.ts';

export const templateNames = [...speakerReleases, 'rejected-by-rule'] as const;

export type TemplateName = (typeof templateNames)[number];

/** The text begins with a line `Subject: …` and an empty line. */
export type Template = { text: string; html: string };

export type Templates = Partial<Record<TemplateName, Template>>;

export type MessageFields = {
  call: { name: string; contact: string };
  speaker: { name: string };
  title: string;
  link: string;
  answerBy: string | undefined;
  feedback: string[];
  hasFeedback: boolean;
  /** Sentences about the rules that rejected it; empty if an organiser decided. */
  reasons: string[];
  /** The same rules, for templates with their own sentences. */
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
