import { createHash } from 'node:crypto';
import { raw } from 'hono/html';
import type { Child } from 'hono/jsx';
import type { SubmissionId } from '../../../contract/submission-id.ts';
import { Frame, type FrameProps } from '../frame/frame.tsx';
import { texts } from '../texts.ts';

type Props = FrameProps & { id: SubmissionId; children: Child };

/**
 * The frame of the pages below `/submissions/{id}`. Their script fetches them again with the token that stands in the
 * address, and puts the parts that differ in place of those that are there. The one status at the end speaks for it.
 */
export const OwnFrame = ({ id, children, scripts = [], styles = [], ...frame }: Props) => (
  <Frame
    {...frame}
    styles={['own/own.css', ...styles]}
    scripts={['own/own.browser.js', 'parts/copy.browser.js', ...scripts]}
  >
    {children}
    <p
      class="unseen"
      role="status"
      id="spoken"
      data-api={frame.site.path(`/api/submissions/${id}`)}
      data-page={frame.site.path(`/submissions/${id}`)}
      data-sending={texts.own.sending}
      data-slowly={texts.own.slowly}
      data-unsent={texts.own.unsent}
    />
  </Frame>
);

/** What the script replaces as a whole, if it differs, which its tag says: scripts change what stands on the page. */
export const Part = ({ name, children }: { name: string; children?: Child }) => {
  // biome-ignore lint/complexity/noUselessFragments: children alone are no node that could be written out.
  const content = String(<>{children}</>);
  return (
    <div id={`part-${name}`} data-part={tagOf(content)}>
      {raw(content)}
    </div>
  );
};

const tagOf = (content: string): string => createHash('sha256').update(content).digest('base64url').slice(0, 12);
