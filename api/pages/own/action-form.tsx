import type { Child } from 'hono/jsx';
import type { SubmissionId } from '../../../contract/submission-id.ts';
import type { Site } from '../site.ts';
import { type ActionName, actions, ofApi } from './actions.ts';

type Props = {
  site: Site;
  id: SubmissionId;
  action: ActionName;
  kind?: 'primary' | 'quiet' | 'destructive';
  children: Child;
};

/** One button. Without the script it is a form; the script asks the API for the same, with the token in the address. */
export const ActionForm = ({ site, id, action, kind = 'primary', children }: Props) => {
  const { method, path, body } = ofApi(action);
  return (
    <form
      method="post"
      action={site.path(`/submissions/${id}/${action}`)}
      data-method={method}
      data-path={path}
      data-body={body}
      data-said={actions[action].said}
    >
      <button type="submit" class={kind === 'primary' ? undefined : kind}>
        {children}
      </button>
    </form>
  );
};
