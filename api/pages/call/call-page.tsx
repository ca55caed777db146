import { type Call, editsUntil } from '../../../contract/call/call.ts';
import { hideableFields } from '../../../contract/call/visibility.ts';
import { stages } from '../../../contract/stages.ts';
import { Frame } from '../frame/frame.tsx';
import type { PageDependencies } from '../page-dependencies.ts';
import { KeyValues } from '../parts/key-values.tsx';
import { Time } from '../parts/time.tsx';
import { file, htmlType, markupOf, type Page } from '../routing/page.ts';
import type { Site } from '../site.ts';
import { texts } from '../texts.ts';
import { type CallState, callState, untilNextState } from './call-state.ts';
import { Answers, Dates } from './dates.tsx';

/** Seconds: as `GET /api/call`, and never past the instant at which the call opens or closes. */
const longestAge = 60;

export function callPage({ site, call, now }: PageDependencies): Page {
  const pages = new Map<CallState, string>();
  return {
    path: '/',
    get: () => {
      const at = now();
      const state = callState(call, at);
      const content = pages.get(state) ?? markupOf(<CallPage site={site} call={call} state={state} />);
      pages.set(state, content);
      const age = Math.min(longestAge, Math.floor(untilNextState(call, at) / 1_000));
      return file({ type: htmlType, content }, { cache: `public, max-age=${age}` });
    },
  };
}

type Props = { site: Site; call: Call; state: CallState };

const CallPage = ({ site, call, state }: Props) => (
  <Frame site={site} title={texts.call.title}>
    <h1>{call.name}</h1>
    <Lead site={site} call={call} state={state} />
    {state === 'open' && (
      <p>
        <a class="button" href={site.path('/propose')}>
          {texts.call.propose}
        </a>
      </p>
    )}
    {state === 'closed' && <IsYours site={site} />}
    <Dates site={site} call={call} />
    <h2>{texts.call.lookedFor}</h2>
    <KeyValues
      pairs={[
        { key: texts.call.tracks, value: call.tracks.join(', ') },
        { key: texts.call.formats, value: call.formats.join(', ') },
      ]}
    />
    <Chosen site={site} call={call} />
    {state !== 'closed' && <Changes site={site} call={call} />}
  </Frame>
);

export const Lead = ({ site, call, state }: Props) => {
  const [words, at] = {
    'not-open': [texts.call.opensAt, call.opens] as const,
    open: [texts.call.closesAt, call.closes] as const,
    closed: [texts.call.closedAt, call.closes] as const,
  }[state];
  return (
    <p class="lead">
      {words} <Time site={site} at={at} />.{state === 'closed' && ` ${texts.call.noProposals}`}
    </p>
  );
};

export const IsYours = ({ site }: { site: Site }) => (
  <p>
    {texts.call.isYours} <a href={site.path('/access')}>{texts.call.getLink}</a>
  </p>
);

const Chosen = ({ site, call }: Omit<Props, 'state'>) => {
  const judges = stages.map((stage) => ({ stage, isByPeople: call.stages[stage].policy.kind === 'panel' }));
  const hidden = hideableFields
    .filter((field) => !call.shownTo.reviewer.includes(field))
    .map((field) => texts.call.hiddenFields[field]);
  return (
    <>
      <h2>{texts.call.chosen}</h2>
      <p>{texts.call.questions}</p>
      <ul>
        {call.criteria.map(({ question }) => (
          <li>{question}</li>
        ))}
      </ul>
      <p>{texts.call.stages}</p>
      <ol>
        {judges.map(({ stage, isByPeople }) => (
          <li>
            <strong>{texts.call.stageNames[stage]}.</strong> {isByPeople ? texts.call.byPeople : texts.call.automatic}
          </li>
        ))}
      </ol>
      {judges.some(({ isByPeople }) => isByPeople) && hidden.length > 0 && (
        <p>{texts.call.hidden(listOf(hidden, 'disjunction'))}</p>
      )}
      <p>
        <Answers site={site} call={call} /> {call.attendance && texts.call.attendance}
      </p>
    </>
  );
};

const Changes = ({ site, call }: Omit<Props, 'state'>) => {
  const fields = call.editsAfterAcceptance.map((field) => texts.named[field]);
  return (
    <>
      <h2>{texts.call.changes}</h2>
      <p>
        {texts.call.changesUntil} <Time site={site} at={editsUntil(call)} />.{' '}
        {fields.length > 0 ? texts.call.changesAfter(listOf(fields, 'conjunction')) : texts.call.changesNotAfter}
      </p>
    </>
  );
};

function listOf(words: readonly string[], type: 'conjunction' | 'disjunction'): string {
  return new Intl.ListFormat(texts.locale, { type }).format(words);
}
