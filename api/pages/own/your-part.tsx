import type { StatusDocument } from '../../../contract/http/status.ts';
import { isTerminal } from '../../../contract/http/statuses.ts';
import type { PageDependencies } from '../page-dependencies.ts';
import { texts } from '../texts.ts';
import { ActionForm } from './action-form.tsx';
import type { StepName } from './actions.ts';
import { mayTake } from './may-take.ts';
import { nextSpeakersOf } from './next-speakers-of.ts';
import type { Talk } from './read-talk.ts';
import { YourLink } from './your-link.tsx';
import { YourTalk } from './your-talk.tsx';

type Props = Pick<PageDependencies, 'site' | 'call'> & { status: StatusDocument; talk: Talk; now: Date };

/** Below the status, for the holder of the token: the talk, and what can be done. */
export const YourPart = (props: Props) => {
  const { site, talk, status } = props;
  const { id } = talk.holder;
  const { reminders, editable } = talk.proposal.about;
  return (
    <>
      <h2>{texts.own.title}</h2>
      <YourTalk talk={talk} />
      <p>
        {editable.length > 0 && (
          <a class="button quiet" data-own href={site.path(`/submissions/${id}/edit`)}>
            {texts.own.change}
          </a>
        )}
        {nextSpeakersOf(talk).length > 0 && (
          <a class="button quiet" data-own href={site.path(`/submissions/${id}/handover`)}>
            {texts.own.handOver}
          </a>
        )}
        <StepLink {...props} step="withdraw">
          {texts.own.withdraw}
        </StepLink>
        <StepLink {...props} step="cancel">
          {texts.own.cancel}
        </StepLink>
      </p>
      <YourLink site={site} holder={talk.holder} />
      {(!isTerminal(status) || status.result?.attendance === 'awaited') && (
        <>
          <h2>{texts.own.remindersHeading}</h2>
          <p>{texts.own.reminders[reminders]}</p>
          {reminders === 'on' ? (
            <ActionForm site={site} id={id} action="reminders-off" kind="quiet">
              {texts.own.remindersOff}
            </ActionForm>
          ) : (
            <ActionForm site={site} id={id} action="reminders-on" kind="quiet">
              {texts.own.remindersOn}
            </ActionForm>
          )}
        </>
      )}
    </>
  );
};

/** A link to the page of a step, while it can be taken. */
const StepLink = ({ step, children, ...props }: Props & { step: StepName; children: string }) =>
  mayTake(step, props) ? (
    <a class="button quiet" data-own href={props.site.path(`/submissions/${props.talk.holder.id}/${step}`)}>
      {children}
    </a>
  ) : null;
