import { describe, expect, test } from 'vitest';
import { moderate } from '../../activities/moderate.ts';
import { proposalOf } from '../../contract/proposal.ts';
import { aCall, aSubmission } from '../support/fixtures.ts';

const { moderation } = aCall().stages;

async function wordsFoundIn(change: Record<string, unknown>, allowedWords: string[] = []): Promise<string | undefined> {
  const rules = { ...moderation, languages: 'any' as const, minWords: 1, maxLinks: 50, allowedWords };
  const when = { now: '2026-11-01T12:00:00.000Z', timeZone: 'UTC' };
  const { outcome, findings = [] } = await moderate(proposalOf(aSubmission(change)), rules, when);
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
    'F*** you, reviewers.',
    'You are a bunch of A**holes.',
    'Sandnigger',
    'I will kill you.',
    'You deserve to die.',
    'The reviewers are stupid.',
    'Stupid reviewers!',
    'Pathetic losers, all of you.',
    'Screw the committee.',
    'This committee sucks.',
    'You homo!',
    'Drink bleach.',
    'Blacks are inferior, as everybody knows.',
    'All gays should be burned.',
    'You are Dicks.',
    'Stupid Dicks!',
    'What pricks!',
    'You Pricks!',
    'You Cocks',
    'Nazis, all of you.',
    'You’re nothing but a dirty Arab.',
    'Black people are less intelligent.',
    'Women belong in the kitchen.',
    'Women cannot code.',
    "Girls can't program, and never will.",
    'You fat pig, reject me again.',
    'You ugly dyke',
    'You disgusting fat cow',
    'Nobody wants to look at your ugly face.',
    'Are you stupid, or do you just not read?',
    'Are you blind, retarded, or both?',
    'The committee is a joke.',
    'Your conference is a joke.',
    'Your reviewers are brain-dead.',
    'I know where you live.',
    "I'll find you and break your legs.",
    'We are going to bomb your conference.',
    'I hope you get cancer.',
    'I hope you all choke.',
    'Somebody should put a bullet in your head.',
    'The organizers should be shot.',
    'Jump off a bridge.',
    'Go play in traffic.',
    'Your mother should have aborted you.',
    'You have the brain of a goldfish.',
    'You people are too dumb to review a talk.',
    'Congratulations, you braindead clowns.',
    'Thanks for nothing, you spineless cowards.',
    'The jury are clueless morons.',
    'Only clueless reviewers could reject this.',
    'All Muslims are terrorists.',
    'Jews control the banks.',
    'Deport all immigrants.',
    'Gas the Jews.',
    'Heil Hitler!',
    'White power!',
    'Feminists need a good beating.',
    'Autistic freaks, the lot of you',
    'Learn to read, you illiterate peasants.',
    'You are a waste of space.',
    'Shut up, you cripple.',
    'Suck my cock.',
    'Show me your tits.',
    'I want to sleep with you, sexy.',
    'Nice legs on your last keynote speaker, I would do her.',
    'Get back to the kitchen, woman.',
    'You wimps have no spine.',
    'You stupid gits',
    'The chink on your committee',
    'The organisers are scum.',
    'Sh** reviewers',
    'S**t conference',
    'I hate you all.',
    'Nobody with half a brain would reject this.',
    'Immigrants steal our jobs.',
    'We will hunt you down.',
    'You will regret this.',
    'I wish you were dead.',
    'You look like a pig.',
    'The reviewers were too stupid to get it.',
    'You are the worst reviewers.',
    'Do the world a favour and die.',
  ])('%s', async (insult) => {
    const first = await wordsFoundIn({ description: `${insult} ${english}` });
    const last = await wordsFoundIn({ description: `${english}\n\n${insult}` });

    expect([first, last]).toEqual([
      expect.stringMatching(/Found in the description: \S/),
      expect.stringMatching(/Found in the description: \S/),
    ]);
  });

  test('in any field, and each field is named', async () => {
    const speaker = { name: 'A', email: 'a@b.example', bio: 'Shitposter.' };

    const found = await wordsFoundIn({
      title: 'ASSHOLES at work',
      description: `${english} You morons.`,
      speaker: { ...speaker, bio: 'A shithead by profession.' },
      notes: 'Screw you.',
    });

    expect(found).toBe(
      'It may insult or offend: please check. Found in the title: assholes; in the description: morons; in the bio: shithead; in the notes: screw you.',
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
    'Today you are a pig farmer, and tomorrow you read sensors',
    'You are just a joke away from an audience that listens',
    'A complete animal tracking system, with GPS collars',
    'Bidders who are total losers in auctions learn from it',
    'Sensors in the dirty Pakistani air of Lahore',
    'An open port is a chink in the armour of a company',
    'From WIMP interfaces to gestures; detectors look for WIMPs in dark matter',
    'Skin prick tests, finger pricks and how to read them',
    'The cock of the walk, a cock and three hens: poultry data',
    'An alias for each silly git command',
    'Stupid man pages, dumb speakers without a network, and a stupid COW page',
    'We hand jobs to workers, and hand jobs off when a node dies',
    'Retard the ignition, or advance it: spark retard under load, to retard the timing',
    'Retarded potentials in electrodynamics, flame-retarded plastics',
    'Children with spastic diplegia and spastic cerebral palsy',
    'Faggots and peas, spotted dick, and other British dishes in a recipe ontology',
    'Toxicity for the fathead minnow, the jackass penguin and the wild ass',
    'Maine coon cats, great tits, blue tits and other animals in image recognition',
    'Pond scum, the scum layer in digesters, and vermin in the barn',
    'Dutch dykes and basalt dykes in elevation models',
    'A spick and span code base, and honky-tonk piano generated by a network',
    'We show you animals and plants, and give you rats and mice as models',
    'How the Nazis used Enigma, and how Nazi Germany was read at Bletchley Park',
    'Terry Dicks, Michael Cocks and Noel Coward in named-entity recognition',
    'Git bisect, git blame, git stash, a detached head, and a stupid merge',
    'Docker: an orphan, a zombie, a reaper; kill the parent, and the children die',
    'The kernel will kill you if you are out of memory, and the OOM killer is a monster',
    'A dummy pointer and a dumb terminal; a master with its slaves; a race; abort, retry, fail',
    'Strip the binary, screw the panel to the rack, screw the speakers on, and a bang path',
    'Jerk is the derivative of acceleration; jerks and snaps in motion planning',
    'A hoe, a rake and a robot: weeding with cameras; pigs, rats and chickens in one pen',
    'Boars, sows and a brood bitch: breeding records in a dog registry',
    'Defaults that screw you over, and how not to suck at regular expressions',
    'Heart attacks kill women more often than is known, and data was used to deport immigrants',
    'Homo sapiens, homo economicus and homozygous twins',
    'In this game you are a rat that escapes from a lab; you will die a lot',
    'Infected females should be killed, dirty female connectors should be cleaned',
    'The model returns complete garbage, and garbage in is garbage out',
    'Do not drink bleach: chat bots and medical advice',
    'Sound cards, monitors and speakers are cheap; the reviewers are blind to the names of authors',
    'Parasites, cockroaches and rats as vectors; the rat is a parasite host',
    'Reviewers are people, and the committee is open to all',
    'Summa cum laude, an ASS subtitle file, the CRAP metric and a bastard file',
    'You are not stupid: the interface is bad',
    'Are you insane enough to write a kernel in Lisp',
    'Black and white lists, dirty whites in colour correction, whites and blacks in a histogram',
    'Women are underrepresented in tech; gays and lesbians in census data',
    'Kill the process that burns the CPU; a gas sensor; a lynchpin; hang detection',
    'I will shoot the demo live, and beat the benchmark; we will destroy the cluster on stage',
    'Attackers know where you live from a photo',
    'A pig in a poke, a dog in the manger, a sitting duck: idioms in machine translation',
    'She was killed by the disease; the patients deserve better; mice die of it',
    'Semantics of slur in music notation, and slurs over four bars',
    'A pussy willow, a shuttlecock and a stopcock: object detection',
    'The bitch and her puppies in a genome study',
    'Power of s**2, f**2 and **bold** text, ***proof*** and int *** pointers',
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

  test('quoted at full length if it is very long', async () => {
    const found = await wordsFoundIn({ description: `${english} F${'uck'.repeat(50)}. ${english}` });

    expect(found).toBe(`It may insult or offend: please check. Found in the description: f${'uck'.repeat(13)}.`);
  });
});
