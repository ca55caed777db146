/** 128 bits in lower-case hexadecimal: safe in URLs, shells, spreadsheets and queries. It gives access to the status (H11). */
export type SubmissionId = string & { readonly __brand: 'SubmissionId' };

export const submissionIdPattern = /^[0-9a-f]{32}$/;

/** Returns `undefined` for any other text (contract H15). */
export function parseSubmissionId(text: string): SubmissionId | undefined {
  return isSubmissionId(text) ? text : undefined;
}

function isSubmissionId(text: string): text is SubmissionId {
  return submissionIdPattern.test(text);
}
