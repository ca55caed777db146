import { defineSearchAttributeKey, SearchAttributeType } from '@temporalio/common';

// For operators only, and never encrypted by Temporal: no names, titles or addresses in them.
export const stageAttribute = defineSearchAttributeKey('SubmissionStage', SearchAttributeType.KEYWORD);
export const outcomeAttribute = defineSearchAttributeKey('SubmissionOutcome', SearchAttributeType.KEYWORD);
export const trackAttribute = defineSearchAttributeKey('SubmissionTrack', SearchAttributeType.KEYWORD);

export const searchAttributes = [stageAttribute, outcomeAttribute, trackAttribute];
