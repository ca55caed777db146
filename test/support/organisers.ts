import { setTimeout as delay } from 'node:timers/promises';
import type { createApp } from '../../api/app.ts';
import type { Access } from '../../api/people/access.ts';
import { expectDocumented } from './documented.ts';
import { aRequest } from './fixtures.ts';
import type { useGateways } from './gateways.ts';

type App = ReturnType<typeof createApp>;

/** By their names: those in capitals are organisers. */
export const accessByName: Access = (token) => {
  const [name = '', ...emails] = token.split('~');
  const role = name === name.toUpperCase() ? 'organiser' : 'reviewer';
  return name ? { name, role, emails: emails.map((email) => email.replace('-at-', '@')) } : undefined;
};

export async function as(app: App, person: string, method: string, path: string, content?: object): Promise<Response> {
  const url = `/api/organiser${path}`;
  const response = await app.request(url, {
    method,
    headers: {
      Authorization: `Bearer ${person}`,
      ...(content ? { 'Content-Type': 'application/json' } : {}),
    },
    ...(content ? { body: JSON.stringify(content) } : {}),
  });
  await expectDocumented(method, url, response.clone());
  return response;
}

export const jsonOf = async (answer: Promise<Response> | Response) => JSON.parse(await (await answer).text());

/** Submits a talk, and waits until its panel is at work, also by its record. */
export async function inPanel(
  { submitTo, poll }: Pick<ReturnType<typeof useGateways>, 'submitTo' | 'poll'>,
  app: App,
  change: Record<string, unknown> = {},
) {
  const submitted = await submitTo(app, aRequest(change));
  await poll(app, submitted.id, ({ stage }) => stage === 'selection');
  const path = `/submissions/${submitted.id}`;
  while ((await as(app, 'OLGA', 'GET', path)).status !== 200) await delay(20);
  return { ...submitted, path };
}

/** Follows an operation to its end. */
export async function untilOver(app: App, location: string | null, person = 'OLGA') {
  for (;;) {
    const answer = await as(app, person, 'GET', (location ?? '').replace(/^.*\/api\/organiser/, ''));
    if (answer.status === 200) return jsonOf(answer);
    await delay(50);
  }
}

export const overrule = { override: true, reason: 'The printer waits.' };

export const accept = { stage: 'selection', outcome: 'passed', ...overrule };
