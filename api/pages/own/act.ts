import type { Context } from 'hono';
import { tokenSchema } from '../../../contract/http/speaker-answers.ts';
import { Refusal } from '../../http/refusal.ts';
import type { SubmissionDependencies } from '../../routes/submission-dependencies.ts';
import { askRoute } from '../routing/ask-route.ts';
import { type ActionName, actions } from './actions.ts';
import type { Holder } from './holder.ts';
import { isSaid, type SaidKey } from './said.ts';

/** `token`: the new one, where older ones have ended. */
type Done = { said: SaidKey; token?: string | undefined };

/** Does what a form asks for by the handler of its route: pages and the API change things by the same code. */
export function createAct(dependencies: SubmissionDependencies) {
  return async (c: Context, holder: Holder, name: ActionName): Promise<Done> => {
    const { route, said, ...rest } = actions[name];
    try {
      const answer = await askRoute(route, dependencies)(c, holder, 'body' in rest ? rest.body : undefined);
      return { said, token: tokenSchema.safeParse(answer).data?.speakerToken };
    } catch (error) {
      // Expected: somebody else was first, or the time is over. The page says so above what stands.
      if (error instanceof Refusal && isSaid(error.code)) return { said: error.code };
      throw error;
    }
  };
}
