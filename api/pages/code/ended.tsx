import type { Child } from 'hono/jsx';
import { Frame } from '../frame/frame.tsx';
import type { Site } from '../site.ts';
import { texts } from '../texts.ts';

/** Of a code that opens nothing, whether or not there is something (contract H30). */
export const Ended = ({ site, lead, children }: { site: Site; lead: string; children?: Child }) => (
  <Frame site={site} title={texts.ended.title}>
    <h1 tabindex={-1} data-focus>
      {texts.ended.title}
    </h1>
    <p class="lead">{lead}</p>
    {children ?? (
      <p>
        <a class="button" href={site.path('/access')}>
          {texts.ended.getLink}
        </a>
      </p>
    )}
    <p>
      {texts.ended.orWrite} <a href={`mailto:${site.call.contact}`}>{site.call.contact}</a>
    </p>
  </Frame>
);
