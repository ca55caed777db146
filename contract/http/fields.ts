import { z } from 'zod';
import { messageIdPattern } from '../mail/message-id.ts';
import { submissionIdPattern } from '../submission-id.ts';
import { mostEditions } from '../submission-limits.ts';
import { line } from '../text/text.ts';

/** An instant written by the service; those of clients may have an offset (`text/instant.ts`). */
export const utcInstant = z.iso.datetime().max(35);

export const submissionId = z.string().length(32).regex(submissionIdPattern, 'must be the id of a submission');

export const messageId = z.string().max(120).regex(messageIdPattern);

export const personName = line({ max: 120 });

export const score = z.number().min(1).max(5);

/** Number of a text of a submission, from 1. */
export const version = z.int().min(1).max(mostEditions);

export const laterVersion = z.int().min(2).max(mostEditions);

export const count = z.int().min(0);
