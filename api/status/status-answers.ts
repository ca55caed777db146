import type { Context } from 'hono';
import type { StatusDocument } from '../../contract/http/status.ts';
import { isTerminal } from '../../contract/http/statuses.ts';
import { answerSized } from '../http/answer-sized.ts';
import { answerTagged } from '../http/answer-tagged.ts';
import { entityTagOf } from '../http/entity-tag.ts';
import { type Pace, shortestPace } from './pace.ts';

export type StatusAnswers = ReturnType<typeof createStatusAnswers>;

/** With where and when to ask again (contract H7, H8, H14, H17). */
export function createStatusAnswers(publicUrl: string, pace: Pace) {
  return {
    accepted(c: Context, document: StatusDocument, more: { speakerToken?: string } = {}): Response {
      pollingHeaders(c, document, isTerminal(document) ? shortestPace : pace(document));
      c.header('Cache-Control', 'no-store');
      return answerSized(c, 202, 'application/json', JSON.stringify({ ...document, ...more }));
    },

    changed(c: Context, document: StatusDocument): Response {
      c.header('Cache-Control', 'no-store');
      return answerSized(c, 200, 'application/json', JSON.stringify(document));
    },

    status(c: Context, document: StatusDocument, { wasHeld }: { wasHeld: boolean }): Response {
      if (!isTerminal(document)) pollingHeaders(c, document, pace(document, { wasHeld }));
      return answerTagged(c, JSON.stringify(document), isTerminal(document) ? 200 : 202);
    },

    tagOf: (document: StatusDocument) => entityTagOf(JSON.stringify(document)),
  };

  function pollingHeaders(c: Context, { id }: StatusDocument, seconds: number): void {
    const url = `${publicUrl}/api/submissions/${id}`;
    c.header('Location', url);
    c.header('Operation-Location', url);
    c.header('Content-Location', url);
    c.header('Retry-After', String(seconds));
  }
}
