import type { PageDependencies } from '../page-dependencies.ts';
import { Time } from '../parts/time.tsx';
import { texts } from '../texts.ts';
import { ActionForm } from './action-form.tsx';
import type { StepName } from './actions.ts';
import { coSpeakersOf } from './co-speakers-of.ts';
import { OwnFrame, Part } from './own-frame.tsx';
import type { Talk } from './read-talk.ts';

type Props = Pick<PageDependencies, 'site' | 'call'> & {
  step: StepName;
  talk: Talk;
  now: Date;
};

/** A step that can't be taken back, with what follows. */
export const StepPage = ({ site, call, step, talk, now }: Props) => {
  const { title, follows, act } = texts.steps[step];
  const {
    proposal,
    holder: { id },
  } = talk;
  const told = step === 'withdraw' ? coSpeakersOf(proposal).filter(({ answer }) => answer === 'accepted') : [];
  return (
    <OwnFrame site={site} id={id} title={title}>
      <Part name="main">
        <h1 tabindex={-1}>{title}</h1>
        <p class="talk" dir="auto">
          {proposal.title}
        </p>
        <p>
          {follows}
          {step === 'withdraw' && now < new Date(call.closes) && (
            <>
              {' '}
              {texts.submission.againUntil} <Time site={site} at={call.closes} />.
            </>
          )}
        </p>
        {told.length > 0 && (
          <p>
            <Names names={told.map(({ name }) => name)} /> {texts.steps.told(told.length)}
          </p>
        )}
        <ActionForm site={site} id={id} action={step} kind={step === 'end-links' ? 'primary' : 'destructive'}>
          {act}
        </ActionForm>
        <p>
          <a data-own href={site.path(`/submissions/${id}`)}>
            {step === 'end-links' ? texts.steps.keepLinks : texts.steps.keep}
          </a>
        </p>
      </Part>
    </OwnFrame>
  );
};

/** Each with the direction of its script. */
const Names = ({ names }: { names: string[] }) => (
  <>
    {new Intl.ListFormat(texts.locale, { type: 'conjunction' })
      .formatToParts(names)
      .map(({ type, value }) => (type === 'element' ? <bdi>{value}</bdi> : value))}
  </>
);
