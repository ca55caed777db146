import { describe, expect, test } from 'vitest';
import { definitions } from '../../../api/routes/routes.ts';
import { parseSubmissionId, type SubmissionId } from '../../../contract/submission-id.ts';
import { createSpeakerTokens, purposes } from '../../../process/speaker-tokens.ts';
import { anApp, firstAnswerSchema, post } from '../../support/app.ts';
import { aRequest, speakerTokenKeys, tokens } from '../../support/fixtures.ts';

/** Whose token lets whom in: an organiser may do what a reviewer may, and neither is a speaker. */
const lets: Record<(typeof definitions)[number]['who'], string[]> = {
  anyone: ['nobody', 'stranger', 'speaker', ...purposes, 'access', 'reviewer', 'organiser'],
  speaker: ['speaker'],
  proof: ['proof'],
  undo: ['undo'],
  'co-speaker': ['co-speaker'],
  access: ['access'],
  reviewer: ['reviewer', 'organiser'],
  organiser: ['organiser'],
};

const roles = lets.anyone;

function idIn(text: string): SubmissionId {
  const id = parseSubmissionId(text);
  if (!id) throw new Error('it is no id');
  return id;
}

async function aGatewayWithATalk() {
  const { app } = anApp();
  const { id, speakerToken } = firstAnswerSchema.parse(await (await post(app, aRequest())).json());
  const speakers = createSpeakerTokens(speakerTokenKeys);
  const credentials: Record<string, string> = {
    ...{ stranger: 'wrong', speaker: speakerToken, ...tokens },
    ...Object.fromEntries(purposes.map((purpose) => [purpose, speakers.ofPurpose(purpose, idIn(id), 0)])),
    access: speakers.ofAccess('ada@example.net', Date.now()),
  };
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
