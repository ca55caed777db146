import type { Call } from '../../../contract/call/call.ts';
import { IsYours, Lead } from '../call/call-page.tsx';
import type { CallState } from '../call/call-state.ts';
import { Answers } from '../call/dates.tsx';
import { Frame } from '../frame/frame.tsx';
import type { Site } from '../site.ts';
import { draftOf } from '../talk-form/draft-of.ts';
import { type TalkValues, textFields } from '../talk-form/talk-values.ts';
import { TextBack } from '../talk-form/text-back.tsx';
import { texts } from '../texts.ts';

type Props = { site: Site; call: Call; state: CallState; values?: TalkValues };

/** Instead of the form. Who was writing gets the text back, to copy: from the form, or from the device. */
export const ClosedPage = ({ site, call, state, values }: Props) => {
  const title = state === 'closed' ? texts.closed.title : texts.notOpen.title;
  return (
    <Frame site={site} title={title} scripts={['closed/closed.browser.js', 'parts/copy.browser.js']}>
      <h1>{title}</h1>
      <Lead site={site} call={call} state={state} />
      {state === 'closed' && (
        <>
          <p>
            <Answers site={site} call={call} />
          </p>
          <IsYours site={site} />
        </>
      )}
      <section
        hidden={values === undefined}
        data-draft={draftOf(site)}
        data-fields={JSON.stringify(textFields.map((name) => [name, texts.fields[name]]))}
      >
        <h2>
          <label for="text">{texts.form.closedWithText}</label>
        </h2>
        <TextBack values={values} />
      </section>
    </Frame>
  );
};
