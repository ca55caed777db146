import { defineSearchAttributeKey, SearchAttributeType } from '@temporalio/common';

const { KEYWORD, KEYWORD_LIST, DATETIME } = SearchAttributeType;

// Temporal doesn't encrypt search attributes: no names, titles or addresses in them. In a database of its own it has columns
// for ten of type Keyword, three KeywordList and three Datetime in a namespace.
export const codeAttribute = defineSearchAttributeKey('SubmissionCode', KEYWORD);
export const callAttribute = defineSearchAttributeKey('SubmissionCall', KEYWORD);
export const trackAttribute = defineSearchAttributeKey('SubmissionTrack', KEYWORD);
export const stageAttribute = defineSearchAttributeKey('SubmissionStage', KEYWORD);
export const awaitsAttribute = defineSearchAttributeKey('SubmissionAwaits', KEYWORD);
export const dueAttribute = defineSearchAttributeKey('SubmissionDue', DATETIME);
export const flagAttribute = defineSearchAttributeKey('SubmissionFlag', KEYWORD_LIST);
export const outcomeAttribute = defineSearchAttributeKey('SubmissionOutcome', KEYWORD);

export const searchAttributes = [
  codeAttribute,
  callAttribute,
  trackAttribute,
  stageAttribute,
  awaitsAttribute,
  dueAttribute,
  flagAttribute,
  outcomeAttribute,
];
