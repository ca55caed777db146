import { CopyButton } from '../parts/copy-button.tsx';
import type { Site } from '../site.ts';
import { texts } from '../texts.ts';
import type { Holder } from './holder.ts';

export const YourLink = ({ site, holder: { id, token } }: { site: Site; holder: Holder }) => (
  <>
    <h2>{texts.own.linkHeading}</h2>
    <p>{texts.own.link}</p>
    <div>
      <code class="copied" id="link">
        {`${site.publicUrl}/submissions/${id}#${token}`}
      </code>
      <CopyButton of="link">{texts.copy.link}</CopyButton>
      <a class="button quiet" data-own href={site.path(`/submissions/${id}/end-links`)}>
        {texts.own.endLinks}
      </a>
    </div>
  </>
);
