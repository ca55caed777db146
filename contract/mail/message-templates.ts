import { speakerReleases } from './releases.ts';

/** `news`: in the place of any letter to an address that isn't proved. `access`: the way back to the talks of an address. */
export const templateNames = [...speakerReleases, 'rejected-by-rule', 'news', 'access'] as const;

export type TemplateName = (typeof templateNames)[number];

/** The text begins with a line `Subject: …` and an empty line. */
export type Template = { text: string; html: string };

export type Templates = Partial<Record<TemplateName, Template>>;

export type MessageFields = {
  call: { name: string; contact: string };
  speaker: { name: string };
  title: string;
  /** At most 40 characters of it, for subjects. */
  shortTitle: string;
  link: string;
  answerBy: string | undefined;
  /** The day of it, for subjects. */
  answerDay: string | undefined;
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
  'shortTitle',
  'link',
  'answerBy',
  'answerDay',
  'feedback',
  'hasFeedback',
  'reasons',
  'rejectedFor.length',
  'rejectedFor.links',
  'rejectedFor.language',
  '.',
] as const;
