import { z } from 'zod';
import type { Call } from './call/call.ts';
import { levels, submissionLimits } from './submission-limits.ts';
import { email } from './text/email.ts';
import { languageTag } from './text/language-tag.ts';
import { link } from './text/link.ts';
import { hostOf } from './text/normal-address.ts';
import { line, paragraphs } from './text/text.ts';

const { maxItems: mostCoSpeakers } = submissionLimits.coSpeakers;
const { maxItems: mostLinks } = submissionLimits.links;
const atMostItems = (max: number) => `must have at most ${max} entries`;

export const coSpeaker = z.strictObject({ name: line(lengthOf('coSpeakers.name')), email });

const ofSpeaker = 'is the address of the speaker, who needs no entry here';
const ofAnother = 'is the address of another entry';

const speaker = coSpeaker.extend({
  name: line(lengthOf('speaker.name')),
  bio: paragraphs(lengthOf('speaker.bio')).optional().describe('Who the speaker is'),
  country: line(lengthOf('speaker.country')).optional().describe('ISO 3166-1 alpha-2 code, or a name'),
});

/** A submission to any call; `submissionSchemaFor` adds the rules of one call. */
export const submissionSchema = z
  .strictObject({
    title: line(lengthOf('title')).describe('At most 200 characters, at least one of them visible'),
    description: paragraphs(lengthOf('description')).describe('From 10 visible characters to 5,000 in all'),
    track: z.string().describe("One of the call's tracks"),
    speaker,
    format: z.string().optional().describe("One of the call's formats; the first one by default"),
    level: z.enum(levels).optional(),
    language: languageTag.optional().describe('Language of the talk, a BCP 47 tag'),
    coSpeakers: z.array(coSpeaker).max(mostCoSpeakers, atMostItems(mostCoSpeakers)).optional(),
    links: z.array(link).max(mostLinks, atMostItems(mostLinks)).optional(),
    notes: paragraphs(lengthOf('notes')).optional().describe('For the committee only'),
    consents: z
      .record(z.string(), z.string())
      .optional()
      .describe('The accepted version of each consent text of the call'),
  })
  .meta({ id: 'Submission' });

const addressed = z.object({ email: z.string().trim() });
const people = z.object({ speaker: addressed, coSpeakers: z.array(addressed).max(mostCoSpeakers) });

/** Each speaker is named once: they are invited and counted by address. */
function assertNamedOnce(submission: unknown, { addIssue }: z.core.$RefinementCtx<unknown>): void {
  const { data } = people.safeParse(submission);
  if (data === undefined) return;
  const own = comparable(data.speaker.email);
  const seen = new Set([own]);
  for (const [at, { email }] of data.coSpeakers.entries()) {
    const address = comparable(email);
    const message = address === own ? ofSpeaker : ofAnother;
    if (seen.has(address)) addIssue({ code: 'custom', path: ['coSpeakers', at, 'email'], message });
    seen.add(address);
  }
}

/** Whether a co-speaker has the address of the speaker. */
export function isNamedTwice({ speaker, coSpeakers = [] }: Pick<Submission, 'speaker' | 'coSpeakers'>): boolean {
  return coSpeakers.some(({ email }) => comparable(email) === comparable(speaker.email));
}

/** Keeps tags (ada+talks@…): two people may share a mailbox. */
function comparable(address: string): string {
  const name = address.slice(0, address.lastIndexOf('@'));
  return `${name.normalize('NFC').toLowerCase()}@${hostOf(address)}`;
}

export function submissionSchemaFor(call: Pick<Call, 'tracks' | 'formats' | 'consents'>) {
  const [defaultFormat] = call.formats;
  const consents = z.strictObject(
    Object.fromEntries(
      call.consents.map(({ id, version }) => [
        id,
        z.literal(version, { error: `must be "${version}", the current version` }),
      ]),
    ),
  );
  return submissionSchema
    .extend({
      track: oneOf(call.tracks),
      format: oneOf(call.formats).default(defaultFormat ?? ''),
      consents: call.consents.length > 0 ? consents : consents.optional(),
    })
    .superRefine(assertNamedOnce, { when: () => true });
}

export type Submission = z.output<ReturnType<typeof submissionSchemaFor>>;

export type Proposal = Omit<Submission, 'speaker' | 'coSpeakers' | 'consents'> & { bio: string | undefined };

function oneOf(values: readonly string[]) {
  return z.enum(values, {
    error: `must be one of: ${values.join(', ')}`,
  });
}

type Measured = {
  [Name in keyof typeof submissionLimits]: (typeof submissionLimits)[Name] extends { minCharacters: number }
    ? Name
    : never;
}[keyof typeof submissionLimits];

function lengthOf(field: Measured): { min: number; max: number } {
  const { minCharacters, maxCharacters } = submissionLimits[field];
  return { min: minCharacters, max: maxCharacters };
}
