import { describe, expect, test } from 'vitest';
import { moderate } from '../../activities/moderate.ts';
import { proposalOf } from '../../contract/proposal.ts';
import { aCall, aSubmission } from '../support/fixtures.ts';

const { moderation } = aCall().stages;

async function wordsFoundIn(change: Record<string, unknown>, allowedWords: string[] = []): Promise<string | undefined> {
  const rules = { ...moderation, languages: 'any' as const, minWords: 1, maxLinks: 50, allowedWords };
  const { outcome, findings = [] } = await moderate(proposalOf(aSubmission(change)), rules);
  expect(outcome).toBe('passed');
  return findings.find(({ check }) => check === 'words')?.detail;
}

const english =
  'We moved a review process with long waits to durable workflows, and I show what became simpler, what did not, and why.';

describe('an insult is found', () => {
  test.each([
    'The reviewers of last year were fucking idiots.',
    'Only RETARDS still write PHP!',
    'Go fuck yourself, dear committee.',
    'I will show what bullshit your keynote was.',
    'No (niggers) in my workshop.',
    'We all know that kikes run this industry.',
    'The spics who maintain it never answer.',
    'Chinks stole our code.',
    '"Faggots" should not be on stage.',
    'Trannies ruin every community.',
    'Pack up, wetbacks.',
    'Towelheads can not be trusted with production.',
    'The maintainer is a cunt...',
    'Those whores from marketing',
    'My boss, that dumb bitch, said no.',
    'Motherfuckers who use tabs',
    'A talk for cocksuckers and ass-kissers',
    'The organisers are dickheads.',
    'What a bunch of wankers!',
    'You bastards rejected me twice.',
    'Dipshits, douchebags and other managers',
    'Their CTO is a complete imbecile.',
    'This framework was written by morons',
    'The last speaker was a worthless piece of shit.',
    'Please kill yourself.',
    'You are all stupid.',
    'You filthy pigs will not understand it.',
    'Go back to your country, and take your accent with you.',
    'Eat shit and die',
    'Sons of bitches, the lot of them',
    'F**k the reviewers',
    'Their dumb-ass, half-witted architects',
  ])('%s', async (insult) => {
    const first = await wordsFoundIn({ description: `${insult} ${english}` });
    const last = await wordsFoundIn({ description: `${english}\n\n${insult}` });

    expect([first, last]).toEqual([
      expect.stringMatching(/Found in the description: \S/),
      expect.stringMatching(/Found in the description: \S/),
    ]);
  });

  test('wherever it stands, and each place is named', async () => {
    const speaker = { name: 'A', email: 'a@b.example', bio: 'Shitposter.' };

    const found = await wordsFoundIn({
      title: 'ASSHOLES at work',
      description: `${english} You morons.`,
      speaker: { ...speaker, bio: 'A shithead by profession.' },
      notes: 'Screw you.',
    });

    expect(found).toBe(
      'It may insult or offend; only a person can tell. Found in the title: assholes; in the description: morons; in the bio: shithead; in the notes: screw you.',
    );
  });

  test('in the English part of a text in two languages', async () => {
    const german =
      'Wir haben einen Ablauf mit langen Wartezeiten auf dauerhafte Workflows umgestellt, und ich zeige, was dabei einfacher geworden ist und was nicht. ';

    const found = await wordsFoundIn({ description: `${german.repeat(4)}\n${english.repeat(4)} You idiots.` });

    expect(found).toContain('idiots');
  });
});

describe('no insult is', () => {
  test.each([
    '455 lines (until then 5,000) of data/analysis with MDAnalysis and cuML, and an assorted set (UMD, Maryland)',
    'How to find human trafficking in sex-disaggregated data, and how to kill a process that will not die',
    'Harshit, Cummins, Dickerson, Hooker, Dick, Scunthorpe, Slutkin, Cockburn, Pissarro, Wankel and Takeshita',
    'Master/slave replication, dummy variables, brute-force attacks, God objects, penetration testing: how to suck less',
    'A class assessment of assets, assertions and assemblies; a cocktail in the cockpit; classic analysis of Titus',
    'Is this a stupid question? Dumb terminals, garbage collection, trash cans, monkey patching, and why nights are long',
    'Assume that you are clueless about async: you are just a beginner, and your old cow of a server is a rat king',
    'Snowflake, snigger, niggardly, Essex, Middlesex, Cumming, Titans, shiitake, Matsushita, Montenegro, Rio Negro',
    'Orphans and zombies: kill children, abort, execute, hang, dump, blow up, strip, screw, bang, hash-bang and pound',
  ])('%s', async (innocent) => {
    expect(await wordsFoundIn({ title: 'Innocent', description: `${innocent}. ${english}` })).toBeUndefined();
    expect(await wordsFoundIn({ title: 'Innocent', description: `${english}\n\n${innocent}` })).toBeUndefined();
  });

  test.each([
    [
      'Spanish',
      'En esta charla hacemos un análisis de los datos de la población negra y de los negros en Brasil, con ejemplos del mundo real y con todo el código que hemos escrito.',
    ],
    [
      'French',
      'Le projet a pris assez de retard, et nous sommes en retard sur le planning : je montre comment nous avons rattrapé le retard, et pourquoi cela ne suffit pas toujours.',
    ],
    [
      'Swedish',
      'I början hade vi inga tester alls, och till slut hade vi fler än någon kunde läsa. Fart är inte allt, och jag visar hur vi tog oss från början till slut.',
    ],
    [
      'German',
      'Der Stamm ist dick, das Licht ist hell, und wir zeigen, wie man mit Hilfe von Sensoren misst, ob ein Baum krank ist und wann er gefällt werden muss.',
    ],
    [
      'Danish',
      'Det er mit fag, og vi har mange fag på skolen. Jeg viser, hvordan eleverne lærer at programmere, og hvad de synes er svært, når de begynder på et nyt fag.',
    ],
  ])('a word of %s that is one in English', async (_, description) => {
    expect(await wordsFoundIn({ title: 'Retard, slut, fag, dick', description })).toBeUndefined();
  });

  test('what the call allows, as a whole word', async () => {
    const title = 'Brainfuck, and other languages';

    expect(await wordsFoundIn({ title })).toContain('brainfuck');
    expect(await wordsFoundIn({ title }, ['Brainfuck'])).toBeUndefined();
    expect(await wordsFoundIn({ title: 'Fuck Brainfuck' }, ['Brainfuck'])).toContain('Found in the title: fuck.');
  });

  test('told at length, however long the word is', async () => {
    const found = await wordsFoundIn({ description: `${english} F${'uck'.repeat(50)}. ${english}` });

    expect(found).toBe(
      `It may insult or offend; only a person can tell. Found in the description: f${'uck'.repeat(13)}.`,
    );
  });
});
