import type { Finding } from '../findings.ts';
import type { Template, TemplateName } from './message-templates.ts';
import type { Release, SpeakerRelease } from './releases.ts';

/** The fields of a template to a speaker, but for the link, which gives access and is made when it is sent. */
export type SpeakerContent = {
  to: string;
  release: Release<SpeakerRelease>;
  call: { name: string; contact: string };
  speaker: { name: string };
  title: string;
  answerBy?: string;
  feedback: string[];
  /** What a rule of the call has rejected it for. */
  brokenRules: Finding[];
  template: TemplateName;
  /** The call's own text, if it has one. */
  text?: Template;
};

/** For the organisers, and their systems. No personal data but the title. */
export type OrganiserContent = { release: Release; submission: string; title: string; call: string; outcome?: string };

/** What waits for the organisers: how many messages and panels, and some of the submissions that they are about. */
export type Digest = {
  day: string;
  undelivered: { count: number; submissions: string[] };
  overdue: { count: number; submissions: string[] };
};

/** What a message says, by whom it is for. */
export type MessageContent =
  | { kind: 'speaker'; fields: SpeakerContent }
  | { kind: 'organisers'; fields: OrganiserContent }
  | { kind: 'digest'; fields: Digest };
