import type { StatusDocument } from '../../../contract/http/status.ts';
import { publicStatus } from '../../../contract/public-status.ts';
import { refuse } from '../../http/refusal.ts';
import { createReadStatus } from '../../routes/read-status.ts';
import { createKeyIn, isHolder, type Key } from '../own/holder.ts';
import { createTryTalk } from '../own/read-talk.ts';
import { saidIn } from '../own/said.ts';
import type { PageDependencies } from '../page-dependencies.ts';
import { html, type Page } from '../routing/page.ts';
import { type Own, SubmissionPage } from './submission-page.tsx';

/**
 * The page of a submission. For everybody it is made from its status document and the call alone, so it tells what a poll
 * tells; whoever shows the speaker's token gets the talk too.
 */
export function submissionPage(dependencies: PageDependencies): Page {
  const { site, call, limits, addressOf, answers, now } = dependencies;
  const readStatus = createReadStatus(dependencies);
  const keyIn = createKeyIn(dependencies);
  const tryTalk = createTryTalk(dependencies);

  return {
    path: '/submissions/:id',
    get: async (c) => {
      const address = addressOf(c);
      const { id, status: polled } = await readStatus(c.req.param('id') ?? '', address, refuse);
      await limits.charge('poll', `${address} ${id}`);
      const { own, status } = await seenBy(await keyIn(c, id), polled, c.req.query('said'));
      const page = { site, call, id, status, own, tag: answers.tagOf(status), now: now() };
      // What a key opens is kept nowhere; the rest may be kept where it was read, as the status.
      const cache = own === undefined ? 'private, no-cache' : 'no-store';
      return html(<SubmissionPage {...page} />, { cache, headers: { Vary: 'Cookie, Authorization' } });
    },
  };

  async function seenBy(key: Key, polled: StatusDocument, said: string | undefined) {
    const own = isHolder(key) ? await tryTalk(key) : key;
    if (typeof own !== 'object') return { own: withoutTalk(own), status: polled };
    // After a change at another gateway, the copy here may be older than what the speaker has just done.
    const current = publicStatus(own.state);
    const status = current.lastUpdatedAt > polled.lastUpdatedAt ? current : polled;
    return { own: { talk: own, said: saidIn(said, { status, talk: own }) }, status };
  }
}

/** An ended token is a wrong one (contract H40). */
function withoutTalk(key: 'none' | 'wrong' | 'ended' | 'unreadable'): Own {
  if (key === 'none') return undefined;
  return key === 'ended' ? 'wrong' : key;
}
