import type { Context } from 'hono';
import { tokenSchema } from '../../../contract/http/speaker-answers.ts';
import { answerDeadline } from '../../http/answer-deadline.ts';
import { Refusal, refuse } from '../../http/refusal.ts';
import type { SubmissionDependencies } from '../../routes/submission-dependencies.ts';
import type { AnyAnswer } from '../../routing/route.ts';
import { type ActionName, actions } from './actions.ts';
import type { Holder } from './holder.ts';
import { isSaid, type SaidKey } from './said.ts';

/** `token`: the new one, where older ones have ended. */
type Done = { said: SaidKey; token?: string | undefined };

/** Does what a form asks for by the handler of its route: pages and the API change things by the same code. */
export function createAct(dependencies: SubmissionDependencies) {
  return async (c: Context, { id, generation }: Holder, name: ActionName): Promise<Done> => {
    const { route, said, ...rest } = actions[name];
    const handle = route.handler(dependencies);
    const body = 'body' in rest ? rest.body : undefined;
    const asked = { c, id, generation, params: { id }, body, content: body, query: undefined, key: undefined };
    try {
      const answer: AnyAnswer = await handle({ ...asked, deadline: answerDeadline(), refuse });
      return { said, token: tokenSchema.safeParse(answer.body).data?.speakerToken };
    } catch (error) {
      // Expected: somebody else was first, or the time is over. The page says so above what stands.
      if (error instanceof Refusal && isSaid(error.code)) return { said: error.code };
      throw error;
    }
  };
}
