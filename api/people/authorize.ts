import type { Context } from 'hono';
import type { Role } from '../../contract/call/visibility.ts';
import type { Person } from '../../contract/committee/person.ts';
import { parseSubmissionId, type SubmissionId } from '../../contract/submission-id.ts';
import { type Purpose, purposes, type SpeakerTokens } from '../../process/speaker-tokens.ts';
import { bearerToken } from '../http/bearer.ts';
import { refuse } from '../http/refusal.ts';
import type { Limits } from '../limits/limits.ts';
import { type Access, includes } from './access.ts';

type Dependencies = {
  access: Access;
  tokens: SpeakerTokens;
  limits: Limits;
  addressOf: (c: Context) => string;
  now: () => Date;
};

/**
 * `speaker`: with the token of the submission in the path; `proof`, `undo` and `co-speaker`: with one of that purpose for it.
 * `access`: with the token for all talks of an address. Organisers may do everything reviewers may.
 */
export type Who = 'anyone' | 'speaker' | Purpose | 'access' | Role;

/**
 * A person with a role, or whoever holds a token: of the submission `id` that the path names, with the generation of a
 * speaker's token or the number of one for a purpose; or of the address `email`.
 */
export type Caller = { person?: Person; id?: SubmissionId; generation?: number; number?: number; email?: string };

/** @param token as a form of a page brings it; the API takes that of the header alone */
export type Authorize = (c: Context, who: Who, token?: string) => Promise<Caller>;

/** Lets permitted callers through. All others get the same response, whatever the path names (contract H30). */
export function createAuthorize({ access, tokens, limits, addressOf, now }: Dependencies): Authorize {
  const isForPurpose = (who: Who): who is Purpose => purposes.some((one) => one === who);

  return async (c, who, token = bearerToken(c)) => {
    if (who === 'anyone') return {};
    const caller = token === undefined ? undefined : callerOf(who, token, c.req.param('id') ?? '');
    if (caller === undefined) {
      await limits.charge('refused', addressOf(c));
      return refuse('unauthorized');
    }
    await limits.charge('credential', caller.person?.name ?? caller.id ?? caller.email ?? '');
    return caller;
  };

  function callerOf(who: Exclude<Who, 'anyone'>, token: string, named: string): Caller | undefined {
    if (who === 'speaker') {
      const id = parseSubmissionId(named);
      const generation = id && tokens.generationIn(id, token);
      return id === undefined || generation === undefined ? undefined : { id, generation };
    }
    if (isForPurpose(who)) {
      const id = parseSubmissionId(named);
      const number = id && tokens.numberIn(who, id, token);
      return id === undefined || number === undefined ? undefined : { id, number };
    }
    if (who === 'access') return tokens.accessIn(token, now().getTime());
    const person = access(token);
    return person && includes(person.role, who) ? { person } : undefined;
  }
}
