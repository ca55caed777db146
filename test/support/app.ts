import { expect } from 'vitest';
import { createApp } from '../../api/app.ts';
import { problemSchema } from '../../contract/http/problem.ts';
import { type StatusDocument, statusDocumentSchema, submittedDocumentSchema } from '../../contract/http/status.ts';
import { isTerminal } from '../../contract/http/statuses.ts';
import { initialState } from '../../contract/initial-state.ts';
import { publicStatus } from '../../contract/public-status.ts';
import type { SubmissionId } from '../../contract/submission-id.ts';
import type { SubmissionInput } from '../../contract/workflow/submission-input.ts';
import type { Described } from '../../temporal/submissions/find-submission.ts';
import type { Started } from '../../temporal/submissions/start-submission.ts';
import type { Submissions } from '../../temporal/submissions.ts';
import { expectDocumented } from './documented.ts';
import { aCall, access, idSecret, publicUrl, speakerTokenKeys } from './fixtures.ts';
import { aState } from './records.ts';

type Dependencies = Parameters<typeof createApp>[0];

const unused = () => Promise.reject(new Error('unused'));

export const neverErased = { count: async () => 0 };

/** Nothing is on record. */
export const noStore: Dependencies['store'] = {
  records: {
    find: async () => ({ kind: 'unknown' }),
    partiesOf: async () => new Map(),
    keep: unused,
    standing: unused,
  },
  list: { page: unused, find: async () => undefined, flagsOf: async () => new Map() },
  ongoing: { after: unused, listed: unused, all: unused },
  coSpeakers: { find: async () => [] },
  versions: { of: async () => [] },
  erasures: { ...neverErased, erase: unused, all: unused, unfinished: unused, finish: unused },
  changes: { after: unused, number: unused },
  announcements: { last: unused, after: unused },
  talks: { heldBy: async () => [] },
  accessRequests: {
    ...{ write: async () => undefined, next: unused, areClaimed: unused, claim: unused, begin: unused, hold: unused },
    ...{ postpone: unused, remove: unused, settleInterrupted: unused, clear: unused },
  },
  messages: {
    find: async () => undefined,
    ...{ unsettled: unused, after: unused, undelivered: unused, outstandingLetters: unused, resolve: unused },
    ...{ sendHeld: unused, dueAfter: unused },
    ...{ claim: unused, settle: unused, postpone: unused, park: unused, parkAll: unused, parkUnsettled: unused },
  },
  audit: { add: unused, known: unused, after: unused },
};

/** Nobody has a workflow. */
export const noCommands: Dependencies['commands'] = {
  review: unused,
  declareConflict: unused,
  decide: unused,
  reschedule: unused,
  correctAddress: unused,
  settleLetter: unused,
  hold: unused,
  setProcessing: unused,
  answer: async () => ({ kind: 'over' }),
  cancel: async () => ({ kind: 'over' }),
  edit: async () => ({ kind: 'over' }),
  prove: async () => ({ kind: 'over' }),
  answerAsCoSpeaker: async () => ({ kind: 'over' }),
  handOver: async () => ({ kind: 'over' }),
  undoAddress: async () => ({ kind: 'over' }),
  endTokens: async () => ({ kind: 'over' }),
  setReminders: async () => ({ kind: 'over' }),
  startForOne: unused,
  recordOf: async () => undefined,
  startOf: async () => undefined,
};

export const noOperations: Dependencies['operations'] = {
  start: unused,
  read: async () => undefined,
  cancel: unused,
  send: unused,
};

/** For apps that only submit and poll. */
export const noWorkflows = { commands: noCommands, operations: noOperations };

/** The app on a port to no Temporal at all: what it starts is kept in a map, and read from it. */
export function anApp(change: Partial<Dependencies> = {}) {
  const started = new Map<SubmissionId, { input: SubmissionInput; fingerprint: string; status: StatusDocument }>();
  const logged: { requestId?: string; err?: Error }[] = [];
  const log = (entry: object) => {
    logged.push(entry);
  };

  const app = createApp({
    publicUrl,
    idSecret,
    speakerTokenKeys,
    access,
    committee: [],
    call: aCall(),
    submissions: {
      start: async (input): Promise<Started> => {
        const { fingerprint } = input;
        const existing = started.get(input.id);
        if (existing) return { kind: 'exists', fingerprint: existing.fingerprint, status: existing.status };
        const status = publicStatus(initialState(input));
        started.set(input.id, { input, fingerprint, status });
        return { kind: 'started', status };
      },
      find: async (id) => started.get(id),
      withdraw: async (id) => {
        const found = started.get(id);
        if (!found) return { kind: 'unknown' };
        const isConcluded = isTerminal(found.status) && found.status.status !== 'Canceled';
        if (isConcluded) return { kind: 'concluded', status: found.status };
        found.status = publicStatus(aState(initialState(found.input), { conclusion: { kind: 'withdrawn' } }));
        return { kind: 'withdrawn', status: found.status };
      },
      forget: unused,
      isOnRecord: async () => false,
      source: {
        name: 'map',
        read: async (id) => {
          const found = started.get(id);
          return found ? { kind: 'found', status: found.status } : { kind: 'unknown' };
        },
      },
    },
    store: noStore,
    ...noWorkflows,
    log: { error: log },
    ...change,
  });

  const routes = app.routes
    .filter(({ method, path }) => method !== 'ALL' && isOfApi(path))
    .map(({ method, path }) => `${method.toLowerCase()} ${path.replace(/:(\w+)(\{[^}]*\})?/g, '{$1}')}`);
  return { app: watched(app), plain: app, routes, started, logged };
}

/** The rest are pages, which the description doesn't have. */
const isOfApi = (path: string) => path.startsWith('/api/') || path === '/openapi.json';

/** The app, each of its answers held against the description of the API (contract H31). */
function watched({ fetch, request, routes }: ReturnType<typeof createApp>) {
  return {
    routes,

    async fetch(...[asked, ...more]: Parameters<typeof fetch>) {
      const response = await fetch(asked, ...more);
      await expectDocumented(asked.method, asked.url, response.clone());
      return response;
    },

    async request(path: string, init: RequestInit = {}) {
      const response = await request(path, init);
      await expectDocumented(init.method ?? 'GET', path, response.clone());
      return response;
    },
  };
}

type App = Pick<ReturnType<typeof createApp>, 'request'> | Pick<ReturnType<typeof anApp>['app'], 'request'>;

export function post(app: App, content: unknown, headers: Record<string, string> = {}) {
  return app.request('/api/submissions', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body: typeof content === 'string' || content instanceof Uint8Array ? content : JSON.stringify(content),
  });
}

/** A port to the workflows that only does what is given. */
export const aPort = (given: Partial<Dependencies['submissions']>): Dependencies['submissions'] => ({
  start: unused,
  find: unused,
  withdraw: unused,
  forget: unused,
  isOnRecord: async () => false,
  source: silent,
  ...given,
});

/** Temporal behind the records, which only does what is given. */
export const aTemporal = (given: Partial<Submissions>): Submissions => ({
  start: unused,
  describe: unused,
  find: unused,
  queryStatus: unused,
  withdraw: unused,
  forget: unused,
  ...given,
});

/** What Temporal tells of a submission that rests. */
export const aDescription = (status: StatusDocument, change: Partial<Described> = {}): Described => ({
  version: '1',
  hasPendingTask: false,
  isRunning: true,
  existing: async () => ({ fingerprint: '', status }),
  ...change,
});

/** For tests that read no status. */
const silent = { name: 'silent', read: async () => ({ kind: 'unknown' }) as const };

export const problemType = (code: string) => `${publicUrl}/problems#${code}`;

const retryHelps = [429, 503];

/** The problem document of a response, after it is sure that it is one, as safe as any (contract H25, H26, H28). */
export async function problemOf(response: Response) {
  expect(Object.fromEntries(response.headers)).toMatchObject({
    'content-type': 'application/problem+json',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'content-security-policy': expect.stringContaining("default-src 'none'"),
    'x-request-id': expect.stringMatching(/./),
  });
  expect(response.headers.has('Retry-After')).toBe(retryHelps.includes(response.status));
  const problem = problemSchema.parse(await response.json());
  expect(problem.status).toBe(response.status);
  expect(problem.type).toMatch(new RegExp(`^${publicUrl}/problems#[a-z-]+$`));
  return problem;
}

/** The status document of a response, with nothing in it that is not on the allow-list (contract H4). */
export async function statusOf(response: Response) {
  return statusDocumentSchema.parse(await response.json());
}

/** The answer to a submit that nobody has made before: it always has the speaker token (contract H12). */
export const firstAnswerSchema = submittedDocumentSchema.required({ speakerToken: true });

/** The status in the answer to a submit, without the speaker token beside it (contract H12). */
export async function submittedOf(response: Response) {
  const { speakerToken: _, ...status } = submittedDocumentSchema.parse(await response.json());
  return status;
}
