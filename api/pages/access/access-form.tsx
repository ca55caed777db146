import { TextField } from '../parts/field.tsx';
import type { Site } from '../site.ts';
import { texts } from '../texts.ts';

type Props = { site: Site; email?: string; error?: string | undefined };

/** Asks for a mail with a link. It is the same whoever asks, and filled by nobody but them. */
export const AccessForm = ({ site, email = '', error }: Props) => (
  <form
    method="post"
    action={site.path('/access')}
    novalidate
    data-sending={texts.code.sending}
    data-slowly={texts.code.slowly}
  >
    <TextField
      name="email"
      type="email"
      label={texts.access.email}
      hint={texts.access.hint}
      value={email}
      autocomplete="email"
      dir="ltr"
      error={error}
    />
    <button type="submit">{texts.access.send}</button>
    <p class="hint" role="status" data-said />
  </form>
);
