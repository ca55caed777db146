import { callSchema } from '../../contract/call/call.ts';
import { route } from '../routing/route.ts';
import type { OrganiserDependencies } from './organiser-dependencies.ts';

export const readCall = route(
  {
    route: 'GET /api/organiser/call',
    operationId: 'readCall',
    who: 'reviewer',
    summary: 'Read the call, with its rules',
    description: 'For an organiser or a reviewer. Durations are in milliseconds, whatever the unit in the call file.',
    gives: { 200: { description: 'The call', body: { Call: callSchema } } },
    isConstant: true,
  },
  ({ call: { texts: _, ...call } }: OrganiserDependencies) =>
    async () => ({ status: 200, body: call }),
);
