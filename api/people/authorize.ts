import type { Context } from 'hono';
import type { Role } from '../../contract/call/visibility.ts';
import type { Person } from '../../contract/committee/person.ts';
import { parseSubmissionId, type SubmissionId } from '../../contract/submission-id.ts';
import type { SpeakerTokens } from '../../process/speaker-tokens.ts';
import { bearerToken } from '../http/bearer.ts';
import { refuse } from '../http/refusal.ts';
import type { Limits } from '../limits/limits.ts';
import { type Access, includes } from './access.ts';

type Dependencies = { access: Access; tokens: SpeakerTokens; limits: Limits; addressOf: (c: Context) => string };

/** `speaker`: with the token of the submission in the path. Organisers may do everything reviewers may. */
export type Who = 'anyone' | 'speaker' | Role;

/** A person with a role, or the speaker of the submission that the path names. */
/** `generation`: of the speaker's token. */
export type Caller = { person?: Person; id?: SubmissionId; generation?: number };

export type Authorize = (c: Context, who: Who) => Promise<Caller>;

/** Lets permitted callers through. All others get the same response, whatever the path names (contract H30). */
export function createAuthorize({ access, tokens, limits, addressOf }: Dependencies): Authorize {
  return async (c, who) => {
    if (who === 'anyone') return {};
    const caller = callerOf(c, who);
    if (caller === undefined) {
      await limits.charge('refused', addressOf(c));
      return refuse('unauthorized');
    }
    await limits.charge('credential', caller.person?.name ?? caller.id ?? '');
    return caller;
  };

  function callerOf(c: Context, who: Exclude<Who, 'anyone'>): Caller | undefined {
    const token = bearerToken(c);
    if (token === undefined) return undefined;
    if (who === 'speaker') {
      const id = parseSubmissionId(c.req.param('id') ?? '');
      const generation = id && tokens.generationIn(id, token);
      return id === undefined || generation === undefined ? undefined : { id, generation };
    }
    const person = access(token);
    return person && includes(person.role, who) ? { person } : undefined;
  }
}
