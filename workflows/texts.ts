import { withAddressOf } from '../contract/changed-fields.ts';
import { editedAt, editionOf } from '../contract/record.ts';
import type { SubmissionState } from '../contract/state.ts';
import type { Submission } from '../contract/submission.ts';
import type { SubmissionInput } from '../contract/workflow/submission-input.ts';
import type { Version } from '../contract/workflow/version.ts';

/** In an outage of the database the texts wait in the workflow, whose answer to the query `record` holds them all. */
const mostUnrecorded = 10;

/** The text that stands, and those that are not on record yet: the record has all, the workflow no more than it needs. */
export function createTexts({ submission, createdAt, carried }: SubmissionInput, state: SubmissionState) {
  const first: Version = { number: 1, at: createdAt, revision: 0, submission };
  let current = carried?.submission ? versionOf(state, carried.submission, carried.known) : first;
  let unrecorded: Version[] = [];

  return {
    /** With the address as submitted: others are in the state. */
    get current(): Submission {
      return current.submission;
    },

    get isFull(): boolean {
      return unrecorded.length >= mostUnrecorded;
    },

    /** To be recorded; `undefined` while there is only the first. */
    get versions(): Version[] | undefined {
      if (current.number === 1) return undefined;
      return [first, ...(unrecorded.length > 0 ? unrecorded : [current])];
    },

    edited(state: SubmissionState, text: Submission): void {
      current = versionOf(state, text, state.revision);
      unrecorded = [...unrecorded, current];
    },

    recorded(known: number): void {
      unrecorded = unrecorded.filter(({ revision }) => revision > known);
    },

    /** @param text of the record, unless it is the first */
    adopt(state: SubmissionState, text = submission): void {
      current = editionOf(state) === 1 ? first : versionOf(state, text, state.revision);
      unrecorded = [];
    },
  };

  function versionOf(state: SubmissionState, text: Submission, revision: number): Version {
    return { number: editionOf(state), at: editedAt(state), revision, submission: withAddressOf(text, submission) };
  }
}
