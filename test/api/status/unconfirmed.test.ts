import { describe, expect, test } from 'vitest';
import { createSpeakerTokens } from '../../../process/speaker-tokens.ts';
import { TemporalUnavailableError } from '../../../temporal/bounded-calls.ts';
import { anApp, aPort, noStore, noWorkflows, problemOf } from '../../support/app.ts';
import { anId, aRequest, speakerTokenKeys, tokens } from '../../support/fixtures.ts';
import { scores } from '../../support/people.ts';
import { aRecord, aVerdict } from '../../support/records.ts';

const id = anId(1);
const speaker = createSpeakerTokens(speakerTokenKeys).of(id);
const down = () => Promise.reject(new TemporalUnavailableError('no worker answers'));

const over = aRecord(1, { conclusion: { kind: 'rejected' }, verdicts: [aVerdict('moderation')] });

/** Commands that change something: each of them may be under way when its answer is given up. */
const commands: [method: string, path: string, token: string, content?: object][] = [
  ['POST', '/api/submissions', '', aRequest()],
  ['DELETE', `/api/submissions/${id}`, speaker],
  ['PUT', `/api/submissions/${id}/attendance`, speaker, { attendance: 'declined' }],
  ['PUT', `/api/organiser/submissions/${id}/review`, tokens.organiser, { scores }],
  ['PUT', `/api/organiser/submissions/${id}/conflict`, tokens.organiser, {}],
  ['PUT', `/api/organiser/submissions/${id}/decision`, tokens.organiser, { stage: 'selection', outcome: 'passed' }],
  ['PUT', `/api/organiser/submissions/${id}/deadline`, tokens.organiser, { due: '2027-01-01T00:00:00Z' }],
  ['PUT', `/api/organiser/submissions/${id}/attendance`, tokens.organiser, { attendance: 'canceled', reason: 'Ill.' }],
  ['POST', `/api/organiser/submissions/${id}/reopening`, tokens.organiser, { reason: 'A mistake.' }],
  ['POST', '/api/organiser/announcements', tokens.organiser, { filter: {} }],
];

describe('a command that is answered by 503', () => {
  test.each(commands)('says that it may take effect: %s %s', async (method, path, token, content) => {
    const recordOf = async () => (path.endsWith('reopening') ? over : aRecord(1));
    const port = {
      ...noWorkflows.commands,
      ...{ review: down, declareConflict: down, decide: down, reschedule: down, answer: down, cancel: down },
      recordOf,
    };
    const operations = { ...noWorkflows.operations, start: down };
    const { app } = anApp({
      store: noStore,
      submissions: aPort({ start: down, withdraw: down }),
      commands: port,
      operations,
    });

    const response = await app.request(path, {
      method,
      headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
      ...(content ? { body: JSON.stringify(content) } : {}),
    });

    expect(await problemOf(response)).toMatchObject({
      status: 503,
      detail: expect.stringMatching(/^The change may have been made, or may still be made later: nothing is confirmed/),
    });
  });
});
