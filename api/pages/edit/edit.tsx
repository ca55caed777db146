import type { Context } from 'hono';
import { Refusal } from '../../http/refusal.ts';
import { createForHolder } from '../own/for-holder.ts';
import type { Holder } from '../own/holder.ts';
import type { PageDependencies } from '../page-dependencies.ts';
import { Notice } from '../parts/notice.tsx';
import { html, type Page, type PageAnswer, seeOther } from '../routing/page.ts';
import { readForm, textIn } from '../routing/read-form.ts';
import { assertFromOurPage } from '../routing/same-origin.ts';
import { talkErrors } from '../talk-form/talk-errors.ts';
import { type TalkValues, valuesIn, valuesOf } from '../talk-form/talk-values.ts';
import { texts } from '../texts.ts';
import { Differences } from './differences.tsx';
import { EditForm } from './edit-form.tsx';
import { patchOf } from './patch-of.ts';
import { changeProposal, type Proposal, type Refused, readProposal } from './read-proposal.ts';
import { TooLate } from './too-late.tsx';

type Dependencies = Pick<PageDependencies, 'site' | 'call' | 'tokens' | 'limits' | 'addressOf' | 'askApi'>;

/** The form of a talk, filled with what stands. It is read and saved by the API, as programs do it. */
export function editPage({ site, call, askApi, ...keys }: Dependencies): Page {
  const forHolder = createForHolder({ site, ...keys });

  return {
    path: '/submissions/:id/edit',

    get: (c) =>
      forHolder(c, async (holder) => {
        const { id } = holder;
        const proposal = await readProposal(askApi, c, holder);
        const { editable, editableUntil } = proposal.document.about;
        if (editable.length === 0) return html(<TooLate site={site} id={id} until={editableUntil} />);
        return html(<EditForm site={site} call={call} id={id} proposal={proposal} />);
      }),

    post: (c) => {
      assertFromOurPage(c, site.origin);
      return forHolder(c, async (holder) => {
        const { id } = holder;
        const form = await readForm(c);
        const proposal = await readProposal(askApi, c, holder);
        const { editable, editableUntil } = proposal.document.about;
        const given = valuesIn(form, call);
        if (editable.length === 0)
          return html(<TooLate site={site} id={id} until={editableUntil} values={given} />, { status: 409 });
        const values = { ...given, ...standingIn(proposal) };
        if (form.has('add'))
          return html(<EditForm site={site} call={call} id={id} proposal={proposal} values={values} emptyRows={1} />);
        const isSameAddress = values['speaker.email'] === proposal.document.speaker.email;
        // To name the address that counts would give up one that is pending.
        const fields = editable.filter((field) => field !== 'speaker.email' || !isSameAddress);
        const sent = { patch: patchOf(values, call, fields), tag: textIn(form, 'tag') };
        const result = await changeProposal(askApi, c, holder, sent);
        if ('code' in result) return refused(c, holder, proposal, result, values);
        const said = result.tag === sent.tag ? 'unchanged' : 'saved';
        return seeOther(`${site.publicUrl}/submissions/${id}?said=${said}`);
      });
    },
  };

  /** As it stands now, or if that can't be read, as it stood before. */
  function readAgain(c: Context, holder: Holder, seen: Proposal): Promise<Proposal> {
    return readProposal(askApi, c, holder).catch((error: unknown) => {
      if (error instanceof Refusal && error.code !== 'unauthorized') return seen;
      throw error;
    });
  }

  /** Whatever becomes of the form, its text comes back. */
  async function refused(
    c: Context,
    holder: Holder,
    seen: Proposal,
    { code, refusal }: Refused,
    values: TalkValues,
  ): Promise<PageAnswer> {
    const { id } = holder;
    const { extensions, headers } = refusal;
    if (code === 'unauthorized') throw refusal;
    const proposal = await readAgain(c, holder, seen);
    const form = { site, call, id, proposal, values };
    switch (code) {
      case 'invalid-submission':
        return html(<EditForm {...form} errors={talkErrors(extensions.errors ?? [], values)} />, { status: 422 });
      case 'precondition-failed':
        return html(<EditForm {...form} isConflict notice={<Conflict theirs={theirsIn(proposal)} mine={values} />} />, {
          status: 412,
        });
      case 'edits-over':
        return html(<TooLate site={site} id={id} until={proposal.document.about.editableUntil} values={values} />, {
          status: 409,
        });
      case 'too-many-requests':
        return html(
          <EditForm {...form} notice={<Told heading={texts.edit.tooManyHeading}>{texts.edit.tooMany}</Told>} />,
          {
            status: 429,
            headers,
          },
        );
      case 'temporarily-unavailable':
        return html(<EditForm {...form} notice={<Told heading={texts.edit.downHeading}>{texts.edit.down}</Told>} />, {
          status: 503,
          headers,
        });
      case 'content-too-large':
      case 'too-many-commands':
        return html(
          <EditForm {...form} notice={<Told heading={texts.edit.refusedHeading}>{texts.edit.refused}</Told>} />,
          { status: code === 'content-too-large' ? 413 : 409 },
        );
      default:
        throw refusal;
    }
  }
}

const Told = ({ heading, children }: { heading: string; children: string }) => (
  <div tabindex={-1} data-focus>
    <Notice kind="bad" heading={heading}>
      <p>{children}</p>
    </Notice>
  </div>
);

const Conflict = ({ theirs, mine }: { theirs: TalkValues; mine: TalkValues }) => (
  <div tabindex={-1} data-focus>
    <Notice kind="wait" heading={texts.edit.conflictHeading}>
      <p>{texts.edit.conflict}</p>
      <Differences theirs={theirs} mine={mine} />
    </Notice>
  </div>
);

const theirsIn = ({ document }: Proposal): TalkValues => valuesOf({ ...document, consents: document.consents ?? {} });

/** What can't be edited isn't in the form. */
function standingIn(proposal: Proposal): Partial<TalkValues> {
  const { editable } = proposal.document.about;
  const isLocked = (name: string) => editable.every((field) => field !== name);
  return Object.fromEntries(Object.entries(theirsIn(proposal)).filter(([name]) => isLocked(name)));
}
