/**
 * The public id of a submission: 128 bits as lower-case hexadecimal, so that it is safe in a URL, a shell, a
 * spreadsheet and a search query alike. Whoever holds it may read the status, and only that (contract H11).
 */
export type SubmissionId = string & { readonly __brand: 'SubmissionId' };

export const submissionIdPattern = /^[0-9a-f]{32}$/;

/** The id, or `undefined` for a text of any other shape: it never throws (contract H15). */
export function parseSubmissionId(text: string): SubmissionId | undefined {
  return isSubmissionId(text) ? text : undefined;
}

function isSubmissionId(text: string): text is SubmissionId {
  return submissionIdPattern.test(text);
}
