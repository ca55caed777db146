import { type Call, callSchema } from '../../contract/call/call.ts';
import { route } from '../routing/route.ts';

export const readCall = route(
  {
    method: 'get',
    path: '/api/organiser/call',
    operationId: 'readCall',
    tag: 'organisers',
    who: 'reviewer',
    summary: 'Read the call, with its rules',
    description: "For an organiser, or a reviewer. Durations are in milliseconds, whatever the call's file has.",
    gives: { 200: { description: 'The call', cache: 'revalidate', body: { Call: callSchema } } },
    isConstant: true,
  },
  ({ call: { texts: _, ...call } }: { call: Call }) =>
    async () => ({ status: 200, body: call }),
);
