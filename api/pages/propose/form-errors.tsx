import { randomUUID } from 'node:crypto';
import type { ProblemCode } from '../../http/problems.ts';
import { problems } from '../../http/problems.ts';
import type { Refusal } from '../../http/refusal.ts';
import { callState } from '../call/call-state.ts';
import { ClosedPage } from '../closed/closed-page.tsx';
import type { PageDependencies } from '../page-dependencies.ts';
import { Notice } from '../parts/notice.tsx';
import { talkErrors } from '../talk-form/talk-errors.ts';
import { texts } from '../texts.ts';
import { type ProposeForm, ProposePage } from './propose-page.tsx';

type Sent = Pick<ProposeForm, 'key' | 'values'>;

/** Whatever becomes of a form that was sent, its text comes back in it. */
export function createFormErrors({ site, call, now }: Pick<PageDependencies, 'site' | 'call' | 'now'>) {
  return (refusal: Refusal, sent: Sent): object => {
    const { code, extensions } = refusal;
    const form = { ...sent, isAnswer: true };
    if (code === 'invalid-submission') {
      const errors = talkErrors(extensions.errors ?? [], sent.values);
      return <ProposePage site={site} call={call} form={{ ...form, errors }} />;
    }
    if (code === 'call-closed' || code === 'call-not-open')
      return <ClosedPage site={site} call={call} state={callState(call, now())} values={sent.values} />;
    // Under its old key this text would never be taken.
    const key = needNewKey.includes(code) ? randomUUID() : sent.key;
    const { heading, words } = noticeOf(refusal);
    const notice = (
      <div tabindex={-1} data-focus>
        <Notice kind={mildly.includes(code) ? 'wait' : 'bad'} heading={heading}>
          <p>{words}</p>
        </Notice>
      </div>
    );
    return <ProposePage site={site} call={call} form={{ ...form, key }} notice={notice} />;
  };
}

const needNewKey: readonly ProblemCode[] = ['idempotency-key-reused', 'erased'];
const mildly: readonly ProblemCode[] = ['idempotency-key-reused', 'too-many-requests'];

function noticeOf({ code, headers }: Refusal): { heading: string; words: string } {
  switch (code) {
    case 'too-many-requests':
      return { heading: texts.form.tooManyHeading, words: texts.form.tooMany(Number(headers['Retry-After'] ?? 60)) };
    case 'temporarily-unavailable':
      return { heading: texts.form.notReceivedHeading, words: texts.form.notReceived };
    case 'idempotency-key-reused':
      return { heading: texts.form.usedHeading, words: texts.form.used };
    case 'internal-error':
      return { heading: texts.form.brokenHeading, words: texts.form.broken };
    default:
      return { heading: problems[code].title, words: texts.form.refused };
  }
}
