import type { Context } from 'hono';
import type { SubmissionId } from '../../../contract/submission-id.ts';
import { bearerToken } from '../../http/bearer.ts';
import type { PageDependencies } from '../page-dependencies.ts';
import { tokenInCookie } from '../speaker-cookie.ts';

/** Whoever has the speaker's token of a submission. */
export type Holder = { id: SubmissionId; token: string; generation: number };

/** `none`: nothing was shown. `wrong`: what was shown opens nothing here, which tells nobody whether there is something. */
export type Key = Holder | 'none' | 'wrong';

export const isHolder = (key: Key): key is Holder => typeof key === 'object';

/** Reads the token, which scripts send as they do to the API, and other browsers in the cookie that they got for it. */
export function createKeyIn({ tokens, limits, addressOf }: Pick<PageDependencies, 'tokens' | 'limits' | 'addressOf'>) {
  return async (c: Context, id: SubmissionId): Promise<Key> => {
    const token = bearerToken(c) ?? tokenInCookie(c);
    if (token === undefined) return 'none';
    const generation = tokens.generationIn(id, token);
    await (generation === undefined ? limits.charge('refused', addressOf(c)) : limits.charge('credential', id));
    return generation === undefined ? 'wrong' : { id, token, generation };
  };
}
