import { randomUUID } from 'node:crypto';
import { accessRequest } from '../../contract/http/requests.ts';
import { accessSchema } from '../../contract/http/speaker-answers.ts';
import { omitUndefined } from '../../contract/omit-undefined.ts';
import { holderOf } from '../../contract/text/holder-of.ts';
import { within } from '../../process/deadline.ts';
import { assertPreconditions, nothingThere } from '../http/preconditions.ts';
import { route } from '../routing/route.ts';
import type { SubmissionDependencies } from './submission-dependencies.ts';

/** Seconds after which a mail that hasn't come may be asked for again. */
const patience = 60;

export const requestAccess = route(
  {
    route: 'POST /api/access',
    operationId: 'requestAccess',
    who: 'anyone',
    summary: 'Ask for a link to all talks of an address',
    description:
      'If the address has talks here, a mail brings it a link for an hour. The answer is the same for every address.',
    takes: { body: { AccessRequest: accessRequest }, example: { email: 'ada@example.org' } },
    gives: {
      202: {
        description: 'Whether or not the address has talks',
        body: { Access: accessSchema },
        headers: { 'Retry-After': 'RetryAfter' },
        example: {},
      },
    },
    refuses: ['too-many-requests'],
  },
  ({ call, store, limits, addressOf, wakeAccess, now }: SubmissionDependencies) => {
    const { name, contact, timeZone, texts } = call;
    const mail = JSON.stringify(omitUndefined({ call: { name, contact }, timeZone, text: texts?.access }));

    return async (asked) => {
      const { c, body, deadline, refuse } = asked;
      await limits.charge('access', addressOf(c));
      await assertPreconditions(asked, nothingThere);
      // All that is done, whatever the address: who looks it up has time of their own for it (contract H39, H43).
      const request = { id: randomUUID(), holder: holderOf(body.email), call: mail, asked_at: now().toISOString() };
      const written = await within(deadline, store.accessRequests.write(request));
      if (written.isLate) {
        const cause = new Error('database: no answer in time');
        return refuse('temporarily-unavailable', {}, { cause });
      }
      wakeAccess();
      return { status: 202, body: {}, headers: { 'Retry-After': String(patience) } };
    };
  },
);
