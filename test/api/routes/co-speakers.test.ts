import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import type { createApp } from '../../../api/app.ts';
import { parseSubmissionId } from '../../../contract/submission-id.ts';
import { createSpeakerTokens, type Purpose } from '../../../process/speaker-tokens.ts';
import { problemOf } from '../../support/app.ts';
import { aRequest, messageIdIn, planted, speakerTokenKeys } from '../../support/fixtures.ts';
import { useGateways } from '../../support/gateways.ts';
import { accessByName, as, jsonOf, inPanel as openPanel } from '../../support/organisers.ts';
import { aPanelCall } from '../../support/people.ts';
import { testThatHistoriesReplay, useDevServer, withWorker } from '../../support/temporal.ts';

const server = useDevServer();
const gateways = useGateways(server);
const tokens = createSpeakerTokens(speakerTokenKeys);
const jun = { name: 'Jun Watanabe', email: 'jun@example.net' };

const aTalkWith = (coSpeaker: object) => aRequest({ coSpeakers: [coSpeaker] });

type App = ReturnType<typeof createApp>;

function tokenFor(purpose: Purpose, text: string, number: number): string {
  const id = parseSubmissionId(text);
  if (id === undefined) throw new Error(`${text} is no id`);
  return tokens.ofPurpose(purpose, id, number);
}

function speakerOf(text: string, generation: number): string {
  const id = parseSubmissionId(text);
  if (id === undefined) throw new Error(`${text} is no id`);
  return tokens.of(id, generation);
}

const asked = (app: App, method: string, path: string, token: string, content?: object) =>
  app.request(`/api/submissions/${path}`, {
    method,
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
    ...(content && { body: JSON.stringify(content) }),
  });

async function messageOf(id: string, release: string) {
  for (;;) {
    const message = await server.store.messages.find(messageIdIn(`${id}.${release}.email`));
    if (message?.content.kind === 'speaker') return message.content.fields;
    await delay(20);
  }
}

describe('H42: a co-speaker', () => {
  test('is invited by the proof of the address, in the call’s own words, and accepts; lists say so', async () => {
    const [before, mail, invitation, answer, listed, csv] = await withWorker(server, async () => {
      const app = gateways.aGateway({ call: aPanelCall(), access: accessByName });
      const { id, path } = await openPanel(gateways, app, { coSpeakers: [jun] });
      const token = tokenFor('co-speaker', id, 1);
      const before = await problemOf(await asked(app, 'GET', `${id}/co-speaker`, token));
      await asked(app, 'POST', `${id}/proof`, tokenFor('proof', id, 0), { answer: 'mine' });
      const mail = await messageOf(id, 'co-speaker-invited');
      const invitation = await jsonOf(asked(app, 'GET', `${id}/co-speaker`, token));
      const answer = await jsonOf(asked(app, 'PUT', `${id}/co-speaker`, token, { answer: 'accepted' }));
      const listed = await jsonOf(as(app, 'OLGA', 'GET', path));
      const csv = async () => (await as(app, 'OLGA', 'GET', '/submissions?format=csv')).text();
      while (!(await csv()).includes('(accepted)')) await delay(20);
      return [before, mail, invitation, answer, listed, await csv()];
    });

    expect(before).toMatchObject({ status: 401 });
    expect(mail).toMatchObject({ to: jun.email, number: 1, title: '', speaker: { name: '' } });
    expect(invitation).toEqual({ name: jun.name, invitedBy: planted.name, title: 'A talk about waiting' });
    expect(answer).toEqual({ ...invitation, answer: 'accepted' });
    expect(listed.submission.coSpeakers).toEqual([{ ...jun, answer: 'accepted' }]);
    expect(csv).toContain('Jun Watanabe <jun@example.net> (accepted)');
  });

  test('H30: can do nothing else, and nobody else can answer for them', async () => {
    const statuses = await withWorker(server, async () => {
      const app = gateways.aGateway({ call: aPanelCall(), access: accessByName });
      const { id, speakerToken } = await openPanel(gateways, app, { coSpeakers: [jun] });
      await asked(app, 'POST', `${id}/proof`, tokenFor('proof', id, 0), { answer: 'mine' });
      const own = tokenFor('co-speaker', id, 1);
      const answers = [
        asked(app, 'DELETE', id, own),
        asked(app, 'POST', `${id}/tokens`, own),
        asked(app, 'PUT', `${id}/co-speaker`, speakerToken, { answer: 'accepted' }),
        asked(app, 'PUT', `${id}/co-speaker`, tokenFor('co-speaker', id, 2), { answer: 'accepted' }),
        asked(app, 'PUT', `${id}/co-speaker`, tokenFor('proof', id, 0), { answer: 'accepted' }),
      ];
      return (await Promise.all(answers)).map(({ status }) => status);
    });

    expect(statuses).toEqual([401, 401, 401, 401, 401]);
  });

  test('may still answer when the workflow has ended, and is refused when there is nothing left', async () => {
    const [accepted, refused] = await withWorker(server, async () => {
      const app = gateways.aGateway({ access: accessByName });
      const submitted = await gateways.submitTo(app, aTalkWith(jun));
      await submitted.handle.result();
      await asked(app, 'POST', `${submitted.id}/proof`, tokenFor('proof', submitted.id, 0), { answer: 'mine' });
      const own = (id: string) => tokenFor('co-speaker', id, 1);
      const answer = (id: string) => asked(app, 'PUT', `${id}/co-speaker`, own(id), { answer: 'accepted' });
      const until = async () => {
        for (;;) {
          const response = await answer(submitted.id);
          if (response.status !== 401) return response.json();
          await delay(20);
        }
      };
      const accepted = await until();
      const { id, speakerToken } = await gateways.submitTo(gateways.aGateway({ call: aPanelCall() }), aTalkWith(jun));
      await asked(app, 'POST', `${id}/proof`, tokenFor('proof', id, 0), { answer: 'mine' });
      await asked(app, 'DELETE', id, speakerToken);
      return [accepted, await problemOf(await answer(id))];
    });

    expect(accepted).toMatchObject({ answer: 'accepted' });
    expect(refused).toMatchObject({ status: 409 });
  });
});

describe('H42: POST /api/submissions/{id}/handover', () => {
  test('gives the talk to a co-speaker who has accepted; the former speaker can do nothing any more', async () => {
    const [early, statuses, proposal, mail] = await withWorker(server, async () => {
      const app = gateways.aGateway({ call: aPanelCall(), access: accessByName });
      const { id, speakerToken } = await openPanel(gateways, app, { coSpeakers: [jun] });
      await asked(app, 'POST', `${id}/proof`, tokenFor('proof', id, 0), { answer: 'mine' });
      const handOver = () => asked(app, 'POST', `${id}/handover`, speakerToken, { to: jun.email });
      const early = await problemOf(await handOver());
      await asked(app, 'PUT', `${id}/co-speaker`, tokenFor('co-speaker', id, 1), { answer: 'accepted' });
      const statuses = [
        (await handOver()).status,
        (await asked(app, 'GET', `${id}/proposal`, speakerToken)).status,
        (await asked(app, 'DELETE', id, speakerToken)).status,
        (await asked(app, 'POST', `${id}/proof`, tokenFor('proof', id, 0), { answer: 'mine' })).status,
      ];
      const proposal = await jsonOf(asked(app, 'GET', `${id}/proposal`, speakerOf(id, 1)));
      return [early, statuses, proposal, await messageOf(id, 'address-corrected')];
    });

    expect(early).toMatchObject({ status: 409, type: expect.stringContaining('not-a-co-speaker') });
    expect(statuses).toEqual([200, 401, 401, 401]);
    expect(proposal).toMatchObject({ speaker: jun, version: 2, about: { isProved: true, coSpeakers: [] } });
    expect(mail).toMatchObject({ to: jun.email, generation: 1 });
  });
});

testThatHistoriesReplay(server, 3);
