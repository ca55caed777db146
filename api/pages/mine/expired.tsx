import { AccessForm } from '../access/access-form.tsx';
import { Frame } from '../frame/frame.tsx';
import { Time } from '../parts/time.tsx';
import type { Site } from '../site.ts';
import { texts } from '../texts.ts';

/** @param until known of a link that we have made */
export const Expired = ({ site, until }: { site: Site; until: number | undefined }) => (
  <Frame site={site} title={texts.ended.title} scripts={['parts/sending.browser.js']}>
    <h1 tabindex={-1} data-focus>
      {texts.ended.title}
    </h1>
    <p class="lead">
      {until === undefined ? (
        texts.mine.wrong
      ) : (
        <>
          {texts.mine.workedUntil} <Time site={site} at={new Date(until).toISOString()} />. {texts.mine.askAgain}
        </>
      )}
    </p>
    <AccessForm site={site} />
  </Frame>
);
