import { z } from 'zod';
import { channels, messageStates } from '../mail/message.ts';
import { templateNames } from '../mail/message-templates.ts';
import { outcomes } from '../outcomes.ts';
import { line } from '../text/text.ts';
import { count, messageId, personName, submissionId, utcInstant } from './fields.ts';
import { listedSubmissionSchema } from './listed-submission.ts';

const text = z
  .string()
  .max(20_000)
  .regex(/^[\s\S]*$/);
const cursor = z
  .string()
  .max(300)
  .regex(/^[\w-]*$/);

export const conflictSchema = z.strictObject({
  by: personName,
  at: utcInstant,
  confirmedBy: personName.optional().describe('The organiser who confirmed it, if it was not declared'),
});

export const deadlineSchema = z.strictObject({ due: utcInstant });

export const cancellationSchema = z.strictObject({ attendance: z.literal('canceled') });

export const reopeningSchema = z.strictObject({
  id: submissionId,
  reopens: submissionId.describe('The submission that it continues'),
});

export const changesSchema = z.strictObject({
  items: z
    .array(
      z.strictObject({
        id: submissionId,
        kind: z.enum(['changed', 'erased']),
        submission: listedSubmissionSchema.optional().describe('With `changed`: the submission now'),
      }),
    )
    .max(100),
  next: cursor.describe('For the next request, in `since`'),
  hasMore: z.boolean(),
});

export const announcedSchema = z.strictObject({
  outcome: z.enum(outcomes),
  announcedAt: utcInstant,
  submission: listedSubmissionSchema,
});

export const auditSchema = z.strictObject({
  items: z
    .array(
      z.strictObject({
        at: utcInstant,
        by: personName,
        command: line({ max: 60 }),
        submission: submissionId.optional(),
        reason: text.optional(),
        detail: text.optional(),
      }),
    )
    .max(100),
  next: cursor.describe('For the next request, in `after`'),
  hasMore: z.boolean(),
});

export const messageSchema = z.strictObject({
  id: messageId,
  submission: submissionId,
  release: line({ max: 60 }),
  channel: z.enum(channels),
  state: z
    .enum(messageStates)
    .describe(
      '`parked`: it is unknown whether it was sent, or it could not be rendered; an organiser has to decide. `superseded`: overtaken by a later one before it was sent',
    ),
  attempts: count,
  detail: text.optional(),
  to: z.string().max(254).regex(/@/).optional(),
  createdAt: utcInstant,
  updatedAt: utcInstant,
});

export const messagePageSchema = z.strictObject({
  items: z.array(messageSchema).max(50),
  next: cursor.optional().describe('For the next request, in `after`'),
});

export const previewSchema = z.strictObject({
  name: z.enum(templateNames),
  isOwn: z.boolean().describe("Whether it is one of the call's own templates"),
  subject: text,
  text,
  html: text,
});

export const leftOpenSchema = z.strictObject({
  opens: z.iso.datetime({ offset: true }).max(35),
  closes: z.iso.datetime({ offset: true }).max(35),
  open: z.strictObject({
    count,
    submissions: z.array(z.strictObject({ id: submissionId, awaits: line({ max: 40 }) })).max(200),
  }),
  undelivered: z.strictObject({
    count,
    messages: z.array(z.strictObject({ id: messageId, state: z.enum(messageStates) })).max(200),
  }),
});
