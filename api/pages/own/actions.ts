/** What a speaker does from the pages. Each is a route of the API, which the script asks, and the page's form without it. */
import { attendance } from '../../routes/attendance.ts';
import { setReminders } from '../../routes/reminders.ts';
import type { SubmissionDependencies } from '../../routes/submission-dependencies.ts';
import { endTokens } from '../../routes/tokens.ts';
import { withdraw } from '../../routes/withdraw.ts';
import type { Route } from '../../routing/route.ts';

type Action = {
  route: Route<SubmissionDependencies>;
  /** As JSON. */
  body?: object;
  /** What is said on the page afterwards. */
  said: 'confirmed' | 'declined' | 'canceled' | 'withdrawn' | 'links-ended' | 'reminders-off' | 'reminders-on';
};

export const actions = {
  confirm: { route: attendance, body: { attendance: 'confirmed' }, said: 'confirmed' },
  decline: { route: attendance, body: { attendance: 'declined' }, said: 'declined' },
  cancel: { route: attendance, body: { attendance: 'canceled' }, said: 'canceled' },
  withdraw: { route: withdraw, said: 'withdrawn' },
  'end-links': { route: endTokens, said: 'links-ended' },
  'reminders-off': { route: setReminders, body: { reminders: 'off' }, said: 'reminders-off' },
  'reminders-on': { route: setReminders, body: { reminders: 'on' }, said: 'reminders-on' },
} as const satisfies Record<string, Action>;

export type ActionName = keyof typeof actions;

/** Those that can't be taken back: a link leads to a page of their own, which says what follows. */
export const steps = ['decline', 'cancel', 'withdraw', 'end-links'] as const satisfies readonly ActionName[];

export type StepName = (typeof steps)[number];

export const actionNames = Object.keys(actions).filter(isAction);

function isAction(name: string): name is ActionName {
  return name in actions;
}

export function isStep(name: string): name is StepName {
  return steps.some((step) => step === name);
}

/** Where the script asks for it: `PUT /attendance`, below the submission. */
export function ofApi(name: ActionName): { method: string; path: string; body: string | undefined } {
  const { route, ...rest } = actions[name];
  const [method = '', path = ''] = route.definition.route.split(' ');
  const body = 'body' in rest ? JSON.stringify(rest.body) : undefined;
  return { method, path: path.replace('/api/submissions/{id}', ''), body };
}
