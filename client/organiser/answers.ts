import { isListOf, isNumber, isObjectWith, isText, optional } from '../check.ts';
import type {
  Erasure,
  LeftOpen,
  ListedSubmission,
  Message,
  Operation,
  Preview,
  ProcessingRequest,
  Review,
  SubmissionView,
  Verdict,
} from '../documents.ts';
import { followed } from '../status.ts';

export type Page<Item> = { items: readonly Item[]; next?: string };

const verdict = isObjectWith({ stage: isText, outcome: isText, number: isNumber });
const listed = {
  id: isText,
  code: optional(isText),
  stage: isText,
  submission: isObjectWith({ title: isText, description: isText, track: isText, format: isText }),
  verdicts: optional(isListOf(verdict)),
  awaits: optional(isText),
  referral: optional(
    isObjectWith({ due: isText, findings: isListOf(isObjectWith({ check: isText, detail: isText })) }),
  ),
  panel: optional(isObjectWith({ reviews: isNumber })),
};
const review = { by: isText, stage: isText };
const counted = isObjectWith({ count: isNumber });
const message = { id: isText, submission: isText, release: isText, channel: isText, state: isText };

const checks = {
  listed: isObjectWith(listed),
  view: isObjectWith({ ...listed, reviews: isListOf(isObjectWith(review)) }),
  review: isObjectWith(review),
  operation: isObjectWith({
    ...followed,
    id: isText,
    error: optional(isObjectWith({ code: isText, message: isText, submissions: optional(isListOf(isText)) })),
    result: optional(isObjectWith({ done: isNumber, skipped: isNumber })),
  }),
  leftOpen: isObjectWith({ open: counted, undelivered: counted }),
  message: isObjectWith(message),
  preview: isObjectWith({ subject: isText, text: isText, html: isText }),
  processing: isObjectWith({ processing: isText }),
  erasure: isObjectWith({ id: isText, state: isText }),
};
const pageOf = (item: (typeof checks)[keyof typeof checks]) =>
  isObjectWith({ items: isListOf(item), next: optional(isText) });
const [submissionPage, messagePage] = [pageOf(checks.listed), pageOf(checks.message)];

export const isSubmissionPage = (content: unknown): content is Page<ListedSubmission> => submissionPage(content);
export const isSubmissionView = (content: unknown): content is SubmissionView => checks.view(content);
export const isReview = (content: unknown): content is Review => checks.review(content);
export const isOperation = (content: unknown): content is Operation => checks.operation(content);
export const isLeftOpen = (content: unknown): content is LeftOpen => checks.leftOpen(content);
export const isMessagePage = (content: unknown): content is Page<Message> => messagePage(content);
export const isPreview = (content: unknown): content is Preview => checks.preview(content);
export const isProcessing = (content: unknown): content is ProcessingRequest => checks.processing(content);
export const isErasure = (content: unknown): content is Erasure => checks.erasure(content);
export const isVerdict = (content: unknown): content is Verdict => verdict(content);
