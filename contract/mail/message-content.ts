import type { Finding } from '../findings.ts';
import type { ShortCode } from '../short-code.ts';
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
  /** The day of it, for subjects. */
  answerDay?: string;
  feedback: string[];
  brokenRules: Finding[];
  template: TemplateName;
  text?: Template;
  /** Of the speaker's token in the link. */
  generation?: number;
  /** Of the address or the co-speaker that it goes to, for a token of one purpose in the link; 0 if missing. */
  number?: number;
  /** Whether the address that it goes to was ever proved, if it isn't the speaker's. */
  isToProved?: true;
  /** The call's own `news`, which goes out in the place of this one as long as the address isn't proved (contract H38). */
  newsText?: Template;
  /** A keyed hash of the network that the submission came from. */
  origin?: string;
};

/** What the token in a link is for: a speaker's, of a generation; or one for a purpose, with its number. */
export type LinkTo = { generation: number } | { purpose: 'proof' | 'undo' | 'co-speaker'; number: number };

/** The title is the only personal data: other systems receive it. */
export type OrganiserContent = {
  release: Release;
  submission: string;
  code?: ShortCode;
  title: string;
  call: string;
  outcome?: string;
};

export type Digest = {
  day: string;
  undelivered: { count: number; submissions: string[] };
  overdue: { count: number; submissions: string[] };
  /** Of the submissions that have one, by their ids. */
  codes?: Record<string, string>;
};

export type MessageContent =
  | { kind: 'speaker'; fields: SpeakerContent }
  | { kind: 'organisers'; fields: OrganiserContent }
  | { kind: 'digest'; fields: Digest };
