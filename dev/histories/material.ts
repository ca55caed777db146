import { callSchema } from '../../contract/call/call.ts';
import { type Submission, submissionSchemaFor } from '../../contract/submission.ts';

const automatic = { kind: 'automatic' };

/** As the call's file says it: everything is judged at once. */
export const theCall = {
  name: 'Long Road Conf',
  contact: 'programme@longroad.example',
  opens: '2020-01-01T00:00:00Z',
  closes: '2099-12-31T23:59:59Z',
  tracks: ['web'],
  formats: ['talk'],
  criteria: [{ id: 'substance', question: 'Enough?', weight: 1, measure: { kind: 'words', enough: 20 } }],
  stages: {
    moderation: {
      ...{ policy: automatic, languages: ['en'], maxLinks: 1, minWords: 4 },
      checks: { length: 'reject', links: 'reject', language: 'reject' },
    },
    shortlisting: { policy: automatic, floor: 1 },
    selection: { policy: automatic, bar: 3 },
  },
};

export function aTalk(change: Record<string, unknown> = {}): Submission {
  return submissionSchemaFor(callSchema.parse(theCall)).parse({
    title: 'A talk about waiting',
    description:
      'We moved a review process with long waits to durable workflows, and I show what became simpler, what did not, and why.',
    track: 'web',
    speaker: { name: 'Ada Lovelace', email: 'ada@example.org' },
    ...change,
  });
}
