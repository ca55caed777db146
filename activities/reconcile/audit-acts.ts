import { omitUndefined } from '../../contract/omit-undefined.ts';
import type { SubmissionId } from '../../contract/submission-id.ts';
import type { Store } from '../../store/store.ts';
import type { Trace } from '../../temporal/workflows/operator-acts.ts';
import type { Workflows } from '../../temporal/workflows.ts';

type Dependencies = { store: Pick<Store, 'audit'>; workflows: Pick<Workflows, 'actOf'> };

export type AuditActs = ReturnType<typeof createAuditActs>;

/** Characters: that of organisers has as many (`contract/http/requests.ts`). */
const longestReason = 1_000;

/** Characters: with the word before it, within those of a person's name. */
const longestName = 100;

/** Writes what operators did to a workflow in Temporal into the audit, each act once. A history is read for new ones only. */
export function createAuditActs({ store, workflows }: Dependencies) {
  return async (id: SubmissionId, traces: readonly Trace[]): Promise<undefined> => {
    if (traces.length === 0) return;
    const known = await store.audit.known(traces.map(({ key }) => key));
    for (const trace of traces) {
      if (known.has(trace.key)) continue;
      const act = await workflows.actOf(id, trace);
      if (act === undefined) continue;
      const [name, reason] = [
        bounded(act.by.replaceAll(/\s+/gu, ' '), longestName),
        bounded(act.reason, longestReason),
      ];
      await store.audit.add(
        omitUndefined({
          ...{ id: trace.key, at: act.at, command: trace.command, submission: id },
          // Whoever has access to Temporal can call themselves anything there: not the name of an organiser, here.
          by: name === '' ? 'operator' : `operator (${name})`,
          reason: reason === '' ? undefined : reason,
        }),
      );
    }
  };
}

/** Without what a line may not have, or PostgreSQL can't store. */
function bounded(text: string, most: number): string {
  const plain = text.replaceAll(/[^\P{C}\n\t]/gu, '').trim();
  return Array.from(plain).slice(0, most).join('');
}
