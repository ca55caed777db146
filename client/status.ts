import { statuses } from '../contract/http/statuses.ts';
import { isNumber, isObjectWith, isOneOf, isText, optional } from './check.ts';
import type { Status } from './documents.ts';

export const followed = {
  status: isOneOf(statuses),
  progress: isObjectWith({ completed: isNumber, total: isNumber }),
  error: optional(isObjectWith({ code: isText, message: isText })),
};

const check = isObjectWith({
  ...followed,
  id: isText,
  stage: isText,
  result: optional(isObjectWith({ outcome: isText, attendance: optional(isText) })),
});

export const isStatus = (content: unknown): content is Status => check(content);

export type SubmittedStatus = Status & { speakerToken?: string };

const submittedCheck = isObjectWith({ speakerToken: optional(isText) });

export const isSubmittedStatus = (content: unknown): content is SubmittedStatus =>
  check(content) && submittedCheck(content);
