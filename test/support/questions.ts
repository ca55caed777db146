/** What is asked in each of the worlds: see `worlds.ts`. */
import { checks } from '../../contract/findings.ts';
import { flags } from '../../contract/flags.ts';
import { conclusions } from '../../contract/http/listed-submission.ts';
import { messageStates } from '../../contract/mail/message.ts';
import { submissionStages } from '../../contract/stages.ts';
import { scores } from './people.ts';

const due = '2026-11-01T12:00:00.000Z';

export type Asked = { path: string; method?: string; content?: object };

const acceptance = { stage: 'selection', outcome: 'passed', override: true, reason: 'So be it.' };
const ofEach = (method: string, what: string, content?: object) => (id: string) => ({
  path: `/submissions/${id}${what}`,
  method,
  ...(content ? { content } : {}),
});

const queries = [
  '',
  ...submissionStages.map((stage) => `stage=${stage}`),
  ...['passed', 'rejected', 'waitlisted', 'none'].map((verdict) => `verdict=${verdict}`),
  ...['passed', 'rejected', 'waitlisted'].map((verdict) => `stage=selection&verdict=${verdict}`),
  ...[...conclusions, 'none'].map((outcome) => `outcome=${outcome}`),
  ...flags.map((flag) => `flag=${flag}`),
  ...checks.map((check) => `finding=${check}`),
  'track=web',
  'track=data&verdict=passed',
];

/** For each route, all that is asked of it. A route that is missing here fails the test that lists them. */
export const questions: Record<string, (named: string[]) => Asked[]> = {
  'get /api/organiser/call': () => [{ path: '/call' }],
  'get /api/organiser/submissions': () =>
    [
      ...queries.flatMap((query) => [`${query}&limit=1`, `${query}&format=csv`]),
      ...['', 'limit=2', 'flag=similar-text', 'format=jsonl'],
    ].map((query) => ({ path: `/submissions?${query}` })),
  'get /api/organiser/submissions/{id}': (ids) => ids.map(ofEach('GET', '')),
  'get /api/organiser/submissions/{id}/versions': (ids) => ids.map(ofEach('GET', '/versions')),
  'put /api/organiser/submissions/{id}/review': (ids) => ids.map(ofEach('PUT', '/review', { scores })),
  'put /api/organiser/submissions/{id}/conflict': (ids) => ids.map(ofEach('PUT', '/conflict', {})),
  'put /api/organiser/submissions/{id}/decision': (ids) => ids.map(ofEach('PUT', '/decision', acceptance)),
  'put /api/organiser/submissions/{id}/deadline': (ids) => ids.map(ofEach('PUT', '/deadline', { due })),
  'put /api/organiser/submissions/{id}/speaker-address': (ids) =>
    ids.map(ofEach('PUT', '/speaker-address', { email: 'somebody@example.org', reason: 'Hm.' })),
  'put /api/organiser/submissions/{id}/attendance': (ids) =>
    ids.map(ofEach('PUT', '/attendance', { attendance: 'canceled', reason: 'Ill.' })),
  'put /api/organiser/submissions/{id}/processing': (ids) =>
    ids.map(ofEach('PUT', '/processing', { processing: 'end' })),
  'post /api/organiser/submissions/{id}/reopening': (ids) => ids.map(ofEach('POST', '/reopening', { reason: 'Hm.' })),
  'get /api/organiser/changes': () => [{ path: '/changes' }],
  'get /api/organiser/announcements/trigger': () => [{ path: '/announcements/trigger' }],
  'get /api/organiser/audit': () => [{ path: '/audit' }],
  'post /api/organiser/announcements': (ids) => [
    { path: '/announcements', method: 'POST', content: { submissions: ids } },
    { path: '/announcements', method: 'POST', content: { filter: {} } },
    { path: '/announcements', method: 'POST', content: { filter: { verdict: 'passed' } } },
  ],
  'get /api/organiser/announcements/{id}': () => [{ path: `/announcements/${'a'.repeat(32)}` }],
  'delete /api/organiser/announcements/{id}': () => [{ path: `/announcements/${'a'.repeat(32)}`, method: 'DELETE' }],
  'get /api/organiser/closings': () => [{ path: '/closings' }],
  'post /api/organiser/closings': () => [{ path: '/closings', method: 'POST', content: {} }],
  'get /api/organiser/closings/{id}': () => [{ path: `/closings/${'c'.repeat(32)}` }],
  'get /api/organiser/messages': () =>
    ['', ...messageStates.map((state) => `state=${state}`)].map((query) => ({ path: `/messages?${query}` })),
  'put /api/organiser/messages/{id}/resolution': (ids) =>
    ids.flatMap((id) =>
      ['accepted', 'rejected', 'waitlisted'].map((release) => ({
        path: `/messages/${id}.${release}.email/resolution`,
        method: 'PUT',
        content: { resolution: 'resend', reason: 'Again.' },
      })),
    ),
  'get /api/organiser/templates/{name}': () => [{ path: '/templates/accepted' }],
  'delete /api/organiser/submissions/{id}': (ids) => ids.slice(0, 2).map(ofEach('DELETE', '')),
};
