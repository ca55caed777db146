import type { Child } from 'hono/jsx';
import type { StatusDocument } from '../../../contract/http/status.ts';
import { isTerminal } from '../../../contract/http/statuses.ts';
import type { Invitation as Invited } from '../../routes/co-speaker.ts';
import { CodeForm, codeScripts } from '../code/code-form.tsx';
import { Frame } from '../frame/frame.tsx';
import { KeyValues } from '../parts/key-values.tsx';
import { Said } from '../parts/notice.tsx';
import { Tag } from '../parts/tag.tsx';
import type { Site } from '../site.ts';
import { faceOf, tagKinds } from '../submission/face.ts';
import { texts } from '../texts.ts';

type Props = {
  site: Site;
  code: string;
  invitation: Invited;
  status?: StatusDocument;
  isAnswered?: boolean;
  notice?: Child;
};

const words = texts.coSpeaker;

export const Invitation = ({ site, code, invitation, status, isAnswered, notice }: Props) => {
  const { name, invitedBy, title, answer } = invitation;
  const heading = answer === undefined ? words.title : words.titles[answer];
  return (
    <Frame site={site} title={heading} isWrong={notice !== undefined} scripts={codeScripts}>
      {notice}
      {isAnswered && answer && <Said heading={words.said[answer]} />}
      <h1 tabindex={-1} data-focus>
        {heading}
      </h1>
      <p class="lead">
        <bdi>{invitedBy}</bdi> {words.names(site.call.name)}
      </p>
      <p class="talk" dir="auto">
        {title}
      </p>
      <KeyValues
        pairs={[
          { key: words.printed, value: name, isOfSpeaker: true },
          ...(status ? [{ key: words.stands, value: <Stands site={site} status={status} /> }] : []),
        ]}
      />
      <Answers code={code} answer={answer} hasEnded={status !== undefined && hasEnded(status)} />
      <p class="hint">
        {words.wrongName} <bdi>{invitedBy}</bdi>.
      </p>
    </Frame>
  );
};

/** As everybody may read it: the main speaker has the rest. */
const Stands = ({ site, status }: { site: Site; status: StatusDocument }) => {
  const face = faceOf(status);
  // The answer that is needed is the main speaker's.
  const own = face === 'awaited' ? 'accepted' : face;
  return (
    <>
      <Tag kind={tagKinds[own]}>{texts.submission.tags[own]}</Tag>{' '}
      <a href={site.path(`/submissions/${status.id}`)}>{words.follow}</a>
    </>
  );
};

type AnswersProps = { code: string; answer: Invited['answer']; hasEnded: boolean };

const Answers = ({ code, answer, hasEnded }: AnswersProps) => {
  if (hasEnded) return <p>{words.over}</p>;
  return (
    <>
      <CodeForm action="co-speaker" code={code}>
        {answer !== 'accepted' && (
          <button type="submit" name="answer" value="accepted" class={answer && 'quiet'}>
            {answer ? words.acceptAfterAll : words.accept}
          </button>
        )}
        {answer !== 'declined' && (
          <button type="submit" name="answer" value="declined" class="quiet">
            {answer ? words.declineAfterAll : words.decline}
          </button>
        )}
      </CodeForm>
      <p class="hint">{words.changeable}</p>
    </>
  );
};

/** There is nothing left to be a speaker of. */
function hasEnded(status: StatusDocument): boolean {
  return isTerminal(status) && status.result?.outcome !== 'accepted';
}
