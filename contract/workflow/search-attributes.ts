import { defineSearchAttributeKey, SearchAttributeType } from '@temporalio/common';

// Temporal doesn't encrypt search attributes: no names, titles or addresses in them.
export const stageAttribute = defineSearchAttributeKey('SubmissionStage', SearchAttributeType.KEYWORD);
export const outcomeAttribute = defineSearchAttributeKey('SubmissionOutcome', SearchAttributeType.KEYWORD);
export const trackAttribute = defineSearchAttributeKey('SubmissionTrack', SearchAttributeType.KEYWORD);

export const searchAttributes = [stageAttribute, outcomeAttribute, trackAttribute];
