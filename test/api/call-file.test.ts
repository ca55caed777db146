import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { moderate } from '../../activities/moderate.ts';
import { select } from '../../activities/select.ts';
import { shortlist } from '../../activities/shortlist.ts';
import { loadCall } from '../../api/call-file.ts';
import { createPace } from '../../api/status/pace.ts';
import { longestAge } from '../../api/status/status-reader.ts';
import { initialState } from '../../contract/initial-state.ts';
import { proposalOf } from '../../contract/proposal.ts';
import { publicStatus } from '../../contract/public-status.ts';
import { stages } from '../../contract/stages.ts';
import { submissionSchemaFor } from '../../contract/submission.ts';
import { anInput } from '../support/fixtures.ts';

const example = fileURLToPath(new URL('../../examples/call.yaml', import.meta.url));

async function aFile(content: string): Promise<string> {
  const file = join(await mkdtemp(join(tmpdir(), 'call-')), 'call.yaml');
  await writeFile(file, content);
  return file;
}

describe("the call's file", () => {
  test('of the examples is valid, open, and accepts the talk of the examples', async () => {
    const call = await loadCall(example);
    const talk = JSON.parse(await readFile(new URL('../../examples/talk.json', import.meta.url), 'utf8'));

    const proposal = proposalOf(submissionSchemaFor(call).parse(talk));
    const moderated = await moderate(proposal, call.stages.moderation, { now: call.opens, timeZone: call.timeZone });
    const { outcome, automaticScore = 0 } = await shortlist(proposal, call.criteria, call.stages.shortlisting);
    const selected = await select(proposal, { automaticScore }, call.criteria, call.stages.selection);

    expect([moderated.outcome, outcome, selected.outcome]).toEqual(['passed', 'passed', 'passed']);
    expect(Date.parse(call.opens)).toBeLessThan(Date.now());
    expect(Date.parse(call.closes)).toBeGreaterThan(Date.now());
  });

  test('of the examples keeps each verdict back for longer than a poller is away: it sees every stage', async () => {
    const { stages: rules } = await loadCall(example);

    const pace = createPace({ random: () => 0.999 });
    const status = publicStatus(initialState(anInput({ createdAt: new Date().toISOString() })));
    const longestAway = stages.map((stage) => pace({ ...status, stage }) * 1_000 + longestAge);

    for (const [at, stage] of stages.entries()) {
      const { policy } = rules[stage];
      const wait = policy.kind === 'automatic' ? policy.after : policy.deadline.milliseconds;
      expect(wait).toBeGreaterThan(longestAway[at] ?? 0);
    }
  });

  test('is refused with all that is wrong with it, each by its place', async () => {
    const text = (await readFile(example, 'utf8'))
      .replace(/^name: .*$/m, 'nome: Typo Conf')
      .replace(/^opens: .*$/m, 'opens: 2020-01-01')
      .replace('after: 5s', 'after: soon')
      .replace('bar: 2.5', 'bar: 7')
      .replace(/^tracks: .*$/m, 'tracks: [web, web]');

    const error = await loadCall(await aFile(text)).catch((error: unknown) => error);

    expect(error).toMatchObject({ name: 'SetupError' });
    const lines = String((error as Error).message)
      .split('\n')
      .slice(1);
    expect(lines.map((line) => line.trim()).sort()).toEqual([
      '/name: is required',
      '/nome: is not a known property',
      '/opens: must be a date and time with its offset, like 2027-03-01T00:00:00+01:00',
      '/stages/moderation/policy/after: must be a whole number of up to 6 digits and a unit: ms, s, m, h or d',
      '/stages/selection/bar: Too big: expected number to be <=5',
      '/tracks: the same name twice',
    ]);
  });

  test.each([
    [
      'closes before it opens',
      (text: string) => text.replace(/^closes: .*$/m, 'closes: 2019-01-01T00:00:00Z'),
      '/closes: must be later than opens',
    ],
    [
      'closes after the last year that UTC has four digits for',
      (text: string) => text.replace(/^closes: .*$/m, 'closes: 9999-12-31T23:59:59-12:00'),
      '/closes: must be in the years 2000 to 2099',
    ],
    [
      'waits for longer than Temporal does',
      (text: string) => text.replace('after: 5s', 'after: 999999h'),
      '/stages/moderation/policy/after: must be at most 3650 days',
    ],
    ['is no YAML', () => 'a: [b', 'is not well-formed YAML'],
    ['is empty', () => '', '/: '],
  ])('that %s is refused', async (_, change, message) => {
    const file = await aFile(change(await readFile(example, 'utf8')));

    await expect(loadCall(file)).rejects.toThrow(message);
  });

  test.each([
    [
      '[id, en]',
      0,
      /^"id" can't be detected\. Known are am, ar, .*, yo, zh; for other languages, write languages: any$/,
    ],
    ['[xx]', 0, /^"xx" can't be detected\./],
    ['[en, pt-BR]', 1, /^"pt-BR" must be pt: the region or script of a text can't be detected reliably$/],
    ['[any]', 0, /^must not be in a list: write languages: any$/],
    ['every', undefined, /^must be a list of ISO 639-1 codes, like \[en, fr\], or any$/],
    ['[]', undefined, /^must name at least one language, or be any$/],
  ])('that takes the languages %s is refused by the name of what nobody can tell', async (languages, at, said) => {
    const text = (await readFile(example, 'utf8')).replace('languages: [en]', `languages: ${languages}`);

    const error = await loadCall(await aFile(text)).catch((error: unknown) => error);

    const [, line = ''] = String((error as Error).message).split('\n');
    const [pointer, ...message] = line.trim().split(': ');
    expect(pointer).toBe(['/stages/moderation/languages', ...(at === undefined ? [] : [at])].join('/'));
    expect(message.join(': ')).toMatch(said);
  });

  test.each([
    ['[nb, EN, nn, en]', ['no', 'en']],
    ['[no]', ['no']],
    ['any', 'any'],
  ])('may take the languages %s', async (languages, taken) => {
    const text = (await readFile(example, 'utf8')).replace('languages: [en]', `languages: ${languages}`);

    const call = await loadCall(await aFile(text));

    expect(call.stages.moderation.languages).toEqual(taken);
  });

  test('that rejects for words is refused: no list can tell', async () => {
    const text = (await readFile(example, 'utf8')).replace('words: flag', 'words: reject');

    await expect(loadCall(await aFile(text))).rejects.toThrow(
      "/stages/moderation/checks/words: must be flag or { refer: { deadline: 3d, whenDue: pass } }, with whenDue pass or escalate. A list of words can't tell an insult from a quotation or a name, so an organiser decides",
    );
  });

  test.each([
    [
      'refer',
      'links: must be flag, reject or { refer: { deadline: 3d, whenDue: pass } }, with whenDue pass or escalate',
    ],
    ['{ refer: { deadline: 3d } }', 'links: must be flag, reject or { refer: { deadline: 3d, whenDue: pass } }'],
    ['{ refer: { deadline: soon, whenDue: pass } }', 'links/refer/deadline: must be a whole number of up to 6 digits'],
  ])('that refers without saying until when and what follows is refused: %s', async (links, message) => {
    const text = (await readFile(example, 'utf8')).replace('links: reject', `links: ${links}`);

    await expect(loadCall(await aFile(text))).rejects.toThrow(`/stages/moderation/checks/${message}`);
  });

  test('may refer what a check finds', async () => {
    const referral = '{ refer: { deadline: 36h, whenDue: escalate } }';
    const text = (await readFile(example, 'utf8')).replace('words: flag', `words: ${referral}`);

    const call = await loadCall(await aFile(text));

    const deadline = { days: 0, milliseconds: 36 * 3_600_000 };
    expect(call.stages.moderation.checks.words).toEqual({ refer: { deadline, whenDue: 'escalate' } });
  });

  test('flags what it says nothing of', async () => {
    const text = (await readFile(example, 'utf8')).replace(/^ *checks: .*$/m, '');

    const call = await loadCall(await aFile(text));

    expect(call.stages.moderation.checks).toEqual({ length: 'flag', links: 'flag', language: 'flag', words: 'flag' });
  });

  test('that is not there is named, with its setting', async () => {
    await expect(loadCall('/no/such/call.yaml')).rejects.toThrow(
      "/no/such/call.yaml can't be read; CALL_FILE must name the file of the call",
    );
  });
});
