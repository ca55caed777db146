import type { Context } from 'hono';
import { answerDeadline } from '../../http/answer-deadline.ts';
import { refuse } from '../../http/refusal.ts';
import type { Caller } from '../../people/authorize.ts';
import type { Route } from '../../routing/route.ts';

/** Does what a form asks for by the handler of its route of the API: both do the same, and refuse the same. */
export function askRoute<Dependencies>({ handler }: Route<Dependencies>, dependencies: Dependencies) {
  const handle = handler(dependencies);
  return async (c: Context, caller: Caller, body?: object): Promise<object | undefined> => {
    const rest = { params: c.req.param(), query: undefined, content: body, key: undefined };
    const answer = await handle({ c, ...caller, ...rest, body, deadline: answerDeadline(), refuse });
    return answer.body;
  };
}
