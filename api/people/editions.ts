/** What a role notices of the edits of a submission: those of fields that are veiled to it leave no trace. */
import type { EditableField } from '../../contract/call/editable-fields.ts';
import { type HideableField, hideableFields } from '../../contract/call/visibility.ts';
import { editionOf } from '../../contract/record.ts';
import type { SubmissionState } from '../../contract/state.ts';

export type Editions = ReturnType<typeof editionsFor>;

export function editionsFor(state: Pick<SubmissionState, 'edits' | 'edition'>, shown: ReadonlySet<HideableField>) {
  const isShown = (field: EditableField) => hideableFields.every((one) => one !== field || shown.has(one));
  const { edits = [] } = state;
  // The first text has changed nothing.
  const changes = [[], ...edits.map(({ fields }) => fields.filter(isShown))];
  const numberOf = (version: number) => 1 + changes.slice(1, version).filter((fields) => fields.length > 0).length;

  return {
    current: numberOf(editionOf(state)),
    /** When the role's text changed last. */
    at: edits.findLast(({ fields }) => fields.some(isShown))?.at,
    /** As the role counts them. */
    numberOf,
    /** What the version has changed; `undefined` if the role can't tell it from the one before. */
    changedIn(version: number): EditableField[] | undefined {
      const changed = changes[version - 1] ?? [];
      return version > 1 && changed.length === 0 ? undefined : changed;
    },
  };
}
