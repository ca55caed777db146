import { describe, expect, test } from 'vitest';
import { moderate } from '../../activities/moderate.ts';
import { proposalOf } from '../../contract/proposal.ts';
import { aCall, aSubmission } from '../support/fixtures.ts';

const { moderation } = aCall().stages;
const aProposal = (change: Record<string, unknown> = {}) => proposalOf(aSubmission(change));

const codesOf = async (change: Record<string, unknown>, rules = moderation) => {
  const verdict = await moderate(aProposal(change), rules);
  return [verdict.outcome, ...verdict.reasons.map(({ code }) => code)];
};

describe('moderate', () => {
  test('passes a proposal in order, with a reason', async () => {
    expect(await codesOf({})).toEqual(['passed', 'no-objection']);
  });

  test('objects to a description with fewer words than the call asks for, however long they are', async () => {
    expect(await codesOf({ description: `${'very'.repeat(20)} short` })).toEqual(['rejected', 'too-short']);
  });

  test('objects to more links than the call allows, and takes no name for a link', async () => {
    const description = 'See https://one.example and http://two.example for the slides of this talk, please.';

    expect(await codesOf({ description })).toEqual(['rejected', 'too-many-links']);
    expect(await codesOf({ description }, { ...moderation, maxLinks: 2 })).toEqual(['passed', 'no-objection']);
    expect(
      await codesOf({ description: 'We read node.js and main.rs and index.ts, with mail to me@a.example.' }),
    ).toEqual(['passed', 'no-objection']);
  });

  test.each(['title', 'description', 'notes'])('objects to profanity in the %s', async (field) => {
    expect(await codesOf({ [field]: 'Why is all this fucking software broken again' })).toEqual([
      'rejected',
      'profanity',
    ]);
  });

  test('objects to profanity in the bio', async () => {
    expect(await codesOf({ speaker: { name: 'A', email: 'a@b.example', bio: 'a sh1t poster' } })).toEqual([
      'rejected',
      'profanity',
    ]);
  });

  test.each(['Scunthorpe', 'a class assessment', 'killing a dumb process'])(
    'takes no offence at "%s"',
    async (title) => {
      expect(await codesOf({ title })).toEqual(['passed', 'no-objection']);
    },
  );

  test('lets the call allow a word that the list takes for another', async () => {
    const title = 'Our cockpit for operations';

    expect(await codesOf({ title })).toEqual(['rejected', 'profanity']);
    expect(await codesOf({ title }, { ...moderation, allowedWords: ['cockpit'] })).toEqual(['passed', 'no-objection']);
    expect(await codesOf({ title: 'This fucking cockpit' }, { ...moderation, allowedWords: ['cockpit'] })).toEqual([
      'rejected',
      'profanity',
    ]);
  });

  test('objects to a language that the call does not take, if there are words enough to tell', async () => {
    const description =
      'Wir haben einen Ablauf mit langen Wartezeiten auf dauerhafte Workflows umgestellt, und ich zeige, was dabei einfacher geworden ist und was nicht.';

    expect(await codesOf({ description })).toEqual(['rejected', 'language']);
    expect(await codesOf({ description }, { ...moderation, languages: ['en', 'de'] })).toEqual([
      'passed',
      'no-objection',
    ]);
    expect(await codesOf({ description: 'Kubernetes, Temporal, PostgreSQL, gRPC und Envoy' })).toEqual([
      'passed',
      'no-objection',
    ]);
  });

  test('names all objections, not only the first', async () => {
    expect(await codesOf({ title: 'Fuck this', description: 'https://one.example https://two.example' })).toEqual([
      'rejected',
      'too-short',
      'too-many-links',
      'profanity',
    ]);
  });

  test('reaches the same verdict for the same input', async () => {
    const proposal = aProposal();

    expect(await moderate(proposal, moderation)).toEqual(await moderate(proposal, moderation));
  });
});
