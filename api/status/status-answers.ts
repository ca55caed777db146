import type { StatusDocument } from '../../contract/http/status.ts';
import { isTerminal } from '../../contract/http/statuses.ts';
import { pollingHeaders } from '../http/polling-headers.ts';
import { tagOf } from '../http/representation.ts';
import { type Pace, shortestPace } from './pace.ts';

export type StatusAnswers = ReturnType<typeof createStatusAnswers>;

/** Answers with a status document, and where and when to poll again (contract H7, H8, H14). */
export function createStatusAnswers(publicUrl: string, pace: Pace) {
  return {
    accepted<More extends { speakerToken?: string }>(document: StatusDocument, more: More) {
      const headers = headersOf(document, isTerminal(document) ? shortestPace : pace(document));
      return { status: 202 as const, body: { ...document, ...more }, headers };
    },

    status(document: StatusDocument, { wasHeld } = { wasHeld: false }) {
      if (isTerminal(document)) return { status: 200 as const, body: document, headers: {} };
      return { status: 202 as const, body: document, headers: headersOf(document, pace(document, { wasHeld })) };
    },

    tagOf,
  };

  function headersOf({ id }: StatusDocument, seconds: number) {
    return pollingHeaders(`${publicUrl}/api/submissions/${id}`, seconds);
  }
}
