import type { Context } from 'hono';
import { Refusal } from '../../http/refusal.ts';
import type { PageDependencies } from '../page-dependencies.ts';
import { idIn } from '../routing/id-in.ts';
import type { PageAnswer } from '../routing/page.ts';
import { createKeyIn, type Holder, isHolder } from './holder.ts';
import { locked } from './locked.tsx';

type Dependencies = Pick<PageDependencies, 'site' | 'tokens' | 'limits' | 'addressOf'>;

/** Answers whoever has the key of the submission that a page is about, and everybody else by the page that asks for it. */
export function createForHolder({ site, ...dependencies }: Dependencies) {
  const keyIn = createKeyIn(dependencies);
  return async (c: Context, answer: (holder: Holder) => Promise<PageAnswer>): Promise<PageAnswer> => {
    const id = idIn(c);
    const key = await keyIn(c, id);
    if (!isHolder(key)) return locked(site, id, key === 'wrong');
    return answer(key).catch((error: unknown) => {
      // It has ended, perhaps while the page was open (contract H40).
      if (error instanceof Refusal && error.code === 'unauthorized') return locked(site, id, true);
      throw error;
    });
  };
}
