import { describe, expect, test } from 'vitest';
import { definitions } from '../../../api/routes/routes.ts';
import { anApp, firstAnswerSchema, post } from '../../support/app.ts';
import { aRequest, tokens } from '../../support/fixtures.ts';

/** Whose token lets whom in: an organiser may do what a reviewer may, and neither is a speaker. */
const lets: Record<(typeof definitions)[number]['who'], string[]> = {
  anyone: ['nobody', 'stranger', 'speaker', 'reviewer', 'organiser'],
  speaker: ['speaker'],
  reviewer: ['reviewer', 'organiser'],
  organiser: ['organiser'],
};

const roles = lets.anyone;

async function aGatewayWithATalk() {
  const { app } = anApp();
  const { id, speakerToken } = firstAnswerSchema.parse(await (await post(app, aRequest())).json());
  const credentials: Record<string, string> = { stranger: 'wrong', speaker: speakerToken, ...tokens };
  return async (role: string, method: string, path: string) => {
    const token = credentials[role];
    const url = path.replace(/\{\w+\}/, id);
    const { status } = await app.request(url, { method, headers: token ? { Authorization: `Bearer ${token}` } : {} });
    return status;
  };
}

describe.each(definitions)('$route is for $who', ({ route, who }) => {
  const [method = '', path = ''] = route.split(' ');
  test.each(roles)('H30: %s is let through, or is answered by 401', async (role) => {
    const ask = await aGatewayWithATalk();
    const methods = method === 'GET' ? ['GET', 'HEAD'] : [method];

    const statuses = await Promise.all(methods.map((one) => ask(role, one, path)));

    expect(statuses.map((status) => status !== 401)).toEqual(methods.map(() => lets[who].includes(role)));
  });
});
