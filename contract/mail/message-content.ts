import type { Finding } from '../findings.ts';
import type { Template, TemplateName } from './message-templates.ts';
import type { Release, SpeakerRelease } from './releases.ts';

/** Without the link, which contains the speaker's token and is made when the message is sent. */
export type SpeakerContent = {
  to: string;
  release: Release<SpeakerRelease>;
  call: { name: string; contact: string };
  speaker: { name: string };
  title: string;
  answerBy?: string;
  feedback: string[];
  brokenRules: Finding[];
  template: TemplateName;
  text?: Template;
  /** Of the token in the link. */
  generation?: number;
};

/** The title is the only personal data: other systems receive it. */
export type OrganiserContent = { release: Release; submission: string; title: string; call: string; outcome?: string };

export type Digest = {
  day: string;
  undelivered: { count: number; submissions: string[] };
  overdue: { count: number; submissions: string[] };
};

export type MessageContent =
  | { kind: 'speaker'; fields: SpeakerContent }
  | { kind: 'organisers'; fields: OrganiserContent }
  | { kind: 'digest'; fields: Digest };
