import { describe, expect, test } from 'vitest';
import { anApp } from '../../support/app.ts';
import { aSubmission, publicUrl } from '../../support/fixtures.ts';
import { sendForm } from '../../support/forms.ts';
import { inText } from '../../support/in-text.ts';
import { aTalkAt, keyOf, talkId } from '../../support/own-talk.ts';
import type { Described } from '../../support/records.ts';

type Commands = NonNullable<NonNullable<Parameters<typeof anApp>[0]>['commands']>;

const talkPage = `/submissions/${talkId}`;
const page = `${talkPage}/handover`;
const cookie = { Accept: 'text/html', Cookie: `speaker=${keyOf()}` };

const submission = aSubmission({
  coSpeakers: [
    { name: 'Jun Watanabe', email: 'jun@example.net' },
    { name: 'Bo Ek', email: 'bo@example.net' },
  ],
});

const invited: Described = {
  coSpeakers: [
    { number: 1, name: 'Jun Watanabe', email: 'jun@example.net', answer: 'accepted' },
    { number: 2, name: 'Bo Ek', email: 'bo@example.net' },
  ],
};

function anAppAt(described: Described = invited, handOver: Partial<Commands> = {}) {
  const { change } = aTalkAt(described, { submission });
  const commands = change.commands && { ...change.commands, ...handOver };
  return anApp({ ...change, ...(commands && { commands }) }).plain;
}

const read = async (app: ReturnType<typeof anAppAt>, path = page) => app.request(path, { headers: cookie });

describe('/submissions/{id}/handover', () => {
  test('H24: says what follows, names who has accepted and nobody else, and does nothing yet', async () => {
    const text = inText(await (await read(anAppAt())).text());

    expect(text).toContain('Hand this talk over? A talk about waiting');
    expect(text).toContain('Your links to it stop working');
    expect(text).toContain('Hand over to Jun Watanabe ( jun@example.net )');
    expect(text).not.toContain('Bo Ek');
  });

  test('H42: a press hands it over, ends the cookie, and says to whom the link goes', async () => {
    const given: unknown[] = [];
    const handOver: Commands['handOver'] = async (id, { to, generation }) => {
      given.push([id, to, generation]);
      return { kind: 'done', value: undefined };
    };

    const answer = await sendForm(anAppAt(invited, { handOver }), page, { to: 'jun@example.net' }, cookie);
    const text = inText(await answer.text());

    expect(answer.status).toBe(200);
    expect(given).toEqual([[talkId, 'jun@example.net', 0]]);
    expect(answer.headers.get('Set-Cookie')).toContain(`speaker=; Max-Age=0; Path=${talkPage};`);
    expect(text).toContain('You have handed the talk over A link to it goes to jun@example.net .');
  });

  test.each<[string, Described, boolean]>([
    ['while somebody has accepted', invited, true],
    ['after an acceptance, too', { ...invited, stage: 'selection', conclusion: { kind: 'accepted' } }, true],
    ['not while nobody has accepted', {}, false],
    ['not once it is withdrawn', { ...invited, conclusion: { kind: 'withdrawn' } }, false],
  ])('is offered %s', async (_, described, isOffered) => {
    const app = anAppAt(described);
    const answer = await read(app);

    expect((await (await read(app, talkPage)).text()).includes(`${page}"`)).toBe(isOffered);
    expect(answer.status).toBe(isOffered ? 200 : 303);
  });

  test.each(['not-a-co-speaker', 'too-many-commands'] as const)(
    'what the workflow refuses is said above what stands: %s',
    async (code) => {
      const app = anAppAt(invited, { handOver: async () => ({ kind: 'refused', code, details: {} }) });

      const answer = await sendForm(app, page, { to: 'bo@example.net' }, cookie);

      expect([answer.status, answer.headers.get('Location')]).toEqual([303, `${publicUrl}${talkPage}?said=${code}`]);
    },
  );

  test('H30: without a key it is the page for the speaker, and a form from another site does nothing', async () => {
    const app = anAppAt();

    const answers = [
      await app.request(page),
      await sendForm(app, page, { to: 'jun@example.net' }),
      await sendForm(app, page, { to: 'jun@example.net' }, { ...cookie, Origin: 'https://evil.example' }),
    ];

    expect(answers.map(({ status }) => status)).toEqual([401, 401, 403]);
  });
});
