import type { Context } from 'hono';
import { tokenSchema } from '../../../contract/http/speaker-answers.ts';
import type { SubmissionDependencies } from '../../routes/submission-dependencies.ts';
import { askRoute } from '../routing/ask-route.ts';
import { type ActionName, actions } from './actions.ts';
import type { Holder } from './holder.ts';
import { type SaidKey, saidOf } from './said.ts';

/** `token`: the new one, where older ones have ended. */
type Done = { said: SaidKey; token?: string | undefined };

/** Does what a form asks for by the handler of its route: pages and the API change things by the same code. */
export function createAct(dependencies: SubmissionDependencies, name: ActionName) {
  const { route, said, ...rest } = actions[name];
  const ask = askRoute(route, dependencies);
  return async (c: Context, holder: Holder): Promise<Done> => {
    try {
      const answer = await ask(c, holder, 'body' in rest ? rest.body : undefined);
      return { said, token: tokenSchema.safeParse(answer).data?.speakerToken };
    } catch (error) {
      return { said: saidOf(error) };
    }
  };
}
