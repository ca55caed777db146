import { laterBy } from '../contract/call/calendar.ts';
import type { PanelPolicy } from '../contract/call/policies.ts';
import type { CallRules } from '../contract/call/rules.ts';
import { afterVerdict } from '../contract/record.ts';
import type { Stage } from '../contract/stages.ts';
import type { Panel, StageVerdict } from '../contract/state.ts';
import { evaluate } from './activity-proxies.ts';
import { afterEvaluation } from './after-evaluation.ts';
import { withReleases } from './commands.ts';
import { nextReminder, passedReminders } from './deadlines.ts';
import type { OpenRecord } from './record.ts';
import { waitUntil } from './wait-until.ts';

function panelFrom(now: string, stage: Stage, policy: PanelPolicy, { timeZone }: CallRules): Panel {
  const due = laterBy(now, policy.deadline, timeZone);
  return { stage, due, reminded: passedReminders(due, policy.reminders, timeZone) };
}

/** Waits for an organiser's decision, sends reminders, and applies the policy at the deadline. */
export async function runPanel(stage: Stage, policy: PanelPolicy, record: OpenRecord, rules: CallRules): Promise<void> {
  if (record.state.panel?.stage !== stage)
    record.transition({ panel: panelFrom(new Date().toISOString(), stage, policy, rules) });

  for (;;) {
    const { panel, closing } = record.state;
    if (isDecided() || panel === undefined) return;
    if (closing === 'reject') return conclude('rejected', 'closed-undecided', 'The call was closed before a decision.');
    const next = nextReminder(panel, policy.reminders, rules.timeZone);
    const left = Date.parse(next ?? panel.due) - Date.now();
    const changed = () => isDecided() || record.state.panel !== panel || record.state.closing !== undefined;
    if (closing === 'automatic') return decideAutomatically(panel);
    if (panel.isEscalated) await waitUntil(record, rules, changed);
    else if (left > 0)
      await waitUntil(record, rules, changed, {
        milliseconds: left,
        summary: `${stage}: until the panel's ${next === undefined ? 'deadline' : 'next reminder'}`,
      });
    else if (next !== undefined) remind(panel);
    else if (policy.whenDue === 'automatic') return decideAutomatically(panel);
    else escalate(panel);
  }

  function isDecided(): boolean {
    const { state } = record;
    return state.conclusion !== undefined || state.stage !== stage || state.verdicts.some((one) => one.stage === stage);
  }

  function remind(panel: Panel): void {
    record.transition({
      panel: { ...panel, reminded: panel.reminded + 1 },
      releases: withReleases(record.state, 'panel-reminder'),
    });
  }

  function escalate(panel: Panel): void {
    record.transition({ panel: { ...panel, isEscalated: true }, releases: withReleases(record.state, 'decision-due') });
  }

  /** The panel is closed meanwhile: the activity records its verdict before the workflow receives it. */
  async function decideAutomatically(panel: Panel): Promise<void> {
    record.transition({ panel: { ...panel, isClosed: true } });
    const verdict = await evaluate[stage](record.asRecord(), rules);
    if (record.conclusion === undefined)
      record.transition({ ...afterEvaluation(record.state, verdict), panel: { ...panel, isClosed: true } });
  }

  function conclude(outcome: StageVerdict['outcome'], code: string, detail: string): void {
    const { state } = record;
    const verdict: StageVerdict = {
      stage,
      outcome,
      reasons: [{ code, detail }],
      decidedAt: new Date().toISOString(),
      number: state.revision + 1,
    };
    record.transition(afterVerdict(state, verdict));
  }
}
