import { type Call, callSchema } from '../../contract/call/call.ts';

const panel = { kind: 'panel', quorum: 2, deadline: '14d', whenDue: 'escalate' };

/** A call with all that a page may show, at a time at which it is open. */
export const aCallForPages = (change: Record<string, unknown> = {}): Call =>
  callSchema.parse({
    name: 'Long Road Conf 2027',
    contact: 'programme@longroad.example',
    opens: '2026-11-01T09:00:00+01:00',
    closes: '2027-01-31T23:59:59+01:00',
    announcement: '2027-02-22T12:00:00+01:00',
    timeZone: 'Europe/Berlin',
    tracks: ['architecture', 'languages', 'operations', 'people'],
    formats: ['talk', 'lightning talk', 'workshop'],
    consents: [
      {
        id: 'recording',
        version: '2026-10',
        text: 'The talk is recorded, and published under the licence CC BY 4.0. You may withdraw that until the day of the talk.',
      },
    ],
    criteria: [
      {
        id: 'substance',
        question: 'Is there enough in the description to judge the talk by?',
        weight: 3,
        measure: { kind: 'words', enough: 50 },
      },
      {
        id: 'experience',
        question: 'Does the speaker tell from experience?',
        weight: 3,
        measure: { kind: 'mentions', phrases: ['we', 'our'], enough: 3 },
      },
    ],
    stages: {
      moderation: { policy: { kind: 'automatic' }, languages: 'any', maxLinks: 3, minWords: 4 },
      shortlisting: { policy: panel, floor: 1 },
      selection: { policy: panel, bar: 2.5 },
    },
    attendance: { deadline: '7d', cancelUntil: '2027-05-01T00:00:00+02:00' },
    ...change,
  });
