import { rulesOf } from '../../contract/call/call.ts';
import { aCall } from './fixtures.ts';

const panel = { kind: 'panel', quorum: 2, deadline: '14d', reminders: ['7d', '1d'], whenDue: 'escalate' };

/** A call whose selection is made by people. */
export function aPanelCall(policy: Record<string, unknown> = {}, change: Record<string, unknown> = {}) {
  const automatic = { policy: { kind: 'automatic' } };
  const { stages } = aCall();
  return aCall({
    timeZone: 'Europe/Berlin',
    announcement: 'by-organisers',
    ...change,
    stages: {
      moderation: { ...stages.moderation, ...automatic },
      shortlisting: { ...stages.shortlisting, ...automatic },
      selection: { ...stages.selection, policy: { ...panel, ...policy } },
    },
  });
}

export const panelRules = (...args: Parameters<typeof aPanelCall>) => rulesOf(aPanelCall(...args));

/** With an answer to give, within ten days. */
export const attendance = { deadline: '10d', reminders: ['3d'] };

export const scores = { substance: 4 };
