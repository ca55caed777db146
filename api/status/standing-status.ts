import type { StatusDocument } from '../../contract/http/status.ts';
import { isTerminal } from '../../contract/http/statuses.ts';
import { publicStages } from '../../contract/stages.ts';

/**
 * The status that stands, if the record and the workflow both have one. A workflow that was reset is behind its record
 * until it has adopted it, though its dates are later: what was told stands (contract H2, H14).
 */
export function standingStatus(recorded: StatusDocument, live: StatusDocument): StatusDocument {
  const [told, tells] = [placeOf(recorded), placeOf(live)];
  if (told !== tells) return told > tells ? recorded : withStageOf(live, recorded);
  const isOther = recorded.status !== live.status || recorded.result?.outcome !== live.result?.outcome;
  if (isTerminal(recorded) && isOther) return recorded;
  return recorded.lastUpdatedAt > live.lastUpdatedAt ? recorded : live;
}

/** A workflow that was ended from outside may have written its record in the task that it never completed. */
function withStageOf(live: StatusDocument, { stage, progress, status }: StatusDocument): StatusDocument {
  const isFurther = publicStages.indexOf(stage) > publicStages.indexOf(live.stage);
  return live.status === 'Failed' && isFurther && status === 'Running' ? { ...live, stage, progress } : live;
}

function placeOf(status: StatusDocument): number {
  if (isTerminal(status)) return publicStages.length + 1;
  return status.result ? publicStages.length : publicStages.indexOf(status.stage);
}
