import type { Child } from 'hono/jsx';
import { ErrorSummary } from '../parts/error-summary.tsx';
import { TextField } from '../parts/field.tsx';
import { texts } from '../texts.ts';

/** What a page knows of the code: one that it was sent, or that none was sent. */
export type Given = { code?: string; isMissing?: boolean };

type Props = Given & {
  /** Relative, so that the page is the same for every submission: the link's `#` isn't part of it. */
  action: string;
  /** What the script asks of the API, below the submission, to open the speaker's page with the token that comes back. */
  api?: { path: string; content?: object; said: string; saidAgain?: string };
  /** The script opens it at once, since opening changes nothing. */
  isOpening?: boolean;
  children?: Child;
};

/** A form that needs the private code of a link: the script takes it from the link, and without it it is pasted. */
export const CodeForm = ({ action, api, isOpening, code, isMissing, children }: Props) => (
  <form
    method="post"
    action={action}
    novalidate
    data-code
    data-api={api?.path}
    data-content={api?.content && JSON.stringify(api.content)}
    data-then={api?.said}
    data-then-again={api?.saidAgain ?? api?.said}
    data-opening={isOpening}
    data-sending={texts.code.sending}
    data-slowly={texts.code.slowly}
    data-unsent={texts.code.unsent}
  >
    {code === undefined ? (
      <div data-code-field>
        <TextField
          name="code"
          label={texts.code.label}
          hint={texts.code.hint}
          value=""
          autocomplete="off"
          dir="ltr"
          error={isMissing ? texts.code.missing : undefined}
        />
      </div>
    ) : (
      <input type="hidden" name="code" value={code} />
    )}
    {children}
    <p class="hint" role="status" data-said />
  </form>
);

export const CodeMissing = () => <ErrorSummary errors={[{ field: 'code', message: texts.code.missing }]} />;

export const codeScripts = ['code/code.browser.js'];
