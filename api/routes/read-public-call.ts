import { publicCall, publicCallSchema } from '../../contract/http/public-call.ts';
import { route } from '../routing/route.ts';
import type { SubmissionDependencies } from './submission-dependencies.ts';

export const readPublicCall = route(
  {
    route: 'GET /api/call',
    operationId: 'readPublicCall',
    who: 'anyone',
    summary: 'Read the call for speakers',
    description:
      'Enough to build a form from: dates with their time zone, tracks, formats, limits and consents, how talks are judged, and until when they may be edited.',
    gives: { 200: { description: 'The call', cache: 'shared', body: { PublicCall: publicCallSchema } } },
    isConstant: true,
  },
  ({ call }: Pick<SubmissionDependencies, 'call'>) => {
    const body = publicCall(call);
    return () => ({ status: 200, body });
  },
);
