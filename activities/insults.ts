/**
 * English words that insult, or are obscene, and that have no other use where a talk is described. What is also a name, a
 * technical term or an ordinary word (hooker, slave, kill, dummy, spit, sex) is left out, since a person looks at each talk
 * that is found. The lists that packages bring (cuss, LDNOOBW, obscenity) have hundreds of such words; `npm run judge-talks`
 * measures what this one finds. All in lower case.
 */
const listed = (words: string): string[] => words.trim().split(/\s+/);

const nouns = listed(`
  idiot moron imbecile cretin dimwit halfwit nitwit numbskull numskull simpleton dullard bonehead blockhead butthead fathead
  meathead knucklehead pinhead knobhead bellend numbnuts pillock plonker tosser tosspot
  douche douchebag scumbag dirtbag sleazebag sleazeball slimeball ratbag lowlife
  buffoon dolt nincompoop ignoramus airhead birdbrain peabrain twerp schmuck putz dweeb nutjob wimp sissy coward vermin scum
  neckbeard incel numpty gobshite munter minger bimbo thot mofo biatch jerkoff weirdo lunatic crackpot redneck hag dunce dork
  eejit lamebrain
  bastard bitch whore slut skank trollop strumpet twat prick turd bugger wanker arse ass bollock
  fatso fugly pervert perv sicko pedo paedo pedophile paedophile rapist nazi tard cuck soyboy feminazi libtard retard mongoloid
  spaz spastic subhuman
  nigger nigga negro coon jigaboo darkie golliwog pickaninny spearchucker
  kike yid heeb jewboy spic spick wetback beaner chink gook zipperhead slanteye chinaman chinamen
  raghead towelhead dothead paki wog dago polack kraut jap honky honkey pikey gyppo injun squaw kaffir halfbreed
  fag faggot poofter lesbo dyke tranny shemale ladyboy
  cock dick pussy cunt dildo boob titty blowjob handjob rimjob cumshot milf gangbang bukkake butthole buttplug
`);

const verbs = listed('shit piss wank bugger bullshit jizz');

/** Not to be inflected. */
const others = listed(`
  idiotic moronic imbecilic cretinous dimwitted halfwitted retarded whorish slutty skanky bitchy bitchass faggy perverted
  shitty shittier shittiest shite shited crap bollocks tits niggaz niggah jizz slant-eyed window-licker untermensch untermenschen
  stfu gtfo kys goddamn goddamned goddamnit whoring birdbrained inbred inbreds horny
  lamebrained peabrained dickish butthurt poofs homos midgets psychos twits
  masturbate masturbates masturbated masturbating masturbation
`);

/** Two parts that make one word: dumb-ass, bull-shit, ass-hat, dick-head. */
const cores = listed('shit cunt bitch whore slut cock dick piss ass arse twat wank tard douche butt turd jizz cum');
const fronts = listed(`
  mother bull horse dip ape bat chicken dog pig rat goat donkey dumb jack fat lard mind skull thunder crack attention
  cum cock dick ass arse butt shit piss pussy face brain slut whore
`);
const backs = listed(`
  head face faced hole wit wad bag brain brained stain tard sucker sucking licker licking rag nugget load show storm house
  canoe waffle womble gibbon muncher wipe hat clown goblin kisser kissing bird weasel fest bucket pile boy less nozzle
  monger jockey breath slap dumpster guzzler
`);

const plural = (noun: string): string[] => [
  noun,
  `${noun}s`,
  ...(/(?:s|sh|ch|x|z)$/.test(noun) ? [`${noun}es`] : []),
  ...(noun.endsWith('o') ? [`${noun}es`] : []),
  ...(noun.endsWith('y') ? [`${noun.slice(0, -1)}ies`] : []),
];

const conjugated = (verb: string): string[] =>
  ['', 's', 'es', 'ed', 'ing', 'in', 'er', 'ers'].flatMap((ending) => [
    `${verb}${ending}`,
    `${verb}${verb.at(-1) ?? ''}${ending}`,
  ]);

/** Each form of each word. */
export const insults: ReadonlySet<string> = new Set([
  ...nouns.flatMap(plural),
  ...verbs.flatMap(conjugated),
  ...others,
  ...fronts.flatMap((front) => cores.flatMap((core) => plural(front + core))),
  ...cores.flatMap((core) => backs.flatMap((back) => plural(core + back))),
]);

/** What begins with one of these has no other meaning. */
export const beginnings = /^(?:cunt|nigger|faggot|asshole|arsehole|motherf|wanker|bullshit)|fuck/;

/** Masked by whoever wrote it: f**k, sh*t. */
export const masked =
  /(?<![\p{L}\p{N}*])\p{L}{0,9}(?:f\*{1,3}ck|f\*{2}k|sh\*{1,2}t|b\*{1,2}tch|c\*{1,2}nt|[nf]\*{1,2}gg)\p{L}{0,9}/giu;

/** Names of people as well: found where they are not written as one. */
export const alsoNames: ReadonlySet<string> = new Set(
  listed(
    'dick dicks dickless cock cocks coon coons dyke dykes negro negros negroes prick pricks nazi nazis boob paki kraut',
  ),
);

/** Held by the lists, and harmless all the same. */
export const harmless: ReadonlySet<string> = new Set(
  listed('asses buttload kick-ass bad-ass hard-ass smart-ass half-ass kaffir-lime'),
);

const mild = `stupid|dumb|pathetic|worthless|disgusting|ugly|brainless|spineless|fools?|clowns?|losers?|pigs?|rats?|swine|
  monkeys?|apes?|animals|savages?|vermin|trash|garbage|filth|filthy|scum|cowards?|liars?|a joke|freaks?|creeps?|
  jerks?|parasites?|cockroach(?:es)?|disgrace|lunatics?|psychos?|weirdos?|insane|waste of (?:space|air|oxygen|skin|time)`;
const very = `all|both|just|so|such|an?|the|really|truly|nothing|but|bunch|of|pack|total|totally|complete|completely|utter|
  utterly|absolute|absolutely|very|bloody`;
const kinds = `fools?|clowns?|losers?|swine|liars?|frauds|freaks?|creeps?|jerks?|parasites?|psycho|savages?|pigs?|rats?|
  animals?|trash|garbage|cockroach(?:es)?`;
const peoples = `jews?|muslims?|mexicans?|arabs?|indians?|pakistanis?|blacks?|whites?|gays?|lesbians?|queers?|immigrants?|
  foreigners?|women|females?|asians?|africans?|gyps(?:y|ies)|cripples?|christians?|refugees?`;
const beings = `people|person|m[ae]n|wom[ae]n|boys?|girls?|kids?|cows?|pigs?|dogs?|rats?|animals?|monkeys?|apes?|fools?|clowns?|
  losers?|creatures?|hags?|swine|vermin|scum|trash|cowards?|liars?|frauds?|freaks?|creeps?|jerks?|parasites?|excuse|piece`;

/** What insults only as it is put. The text is in lower case, its words are one space apart, and a full stop ends a sentence. */
export const phrases: readonly RegExp[] = [
  `(?<!(?:if|when|whether|that|think|feel|until|because|like) )you(?: guys| people| lot)? are(?: (?:${very})){0,6} (?:${mild})(?! (?:about|of|in|on|as|to|at|for))`,
  `your? (?:stupid|dumb|pathetic|worthless|filthy|disgusting|ugly|fat|spineless|miserable|dirty|lazy) (?:little |old |fat )?(?:${beings})`,
  `(?:dirty|filthy|stinking|greedy|goddamn|lousy|stupid|dumb|disgusting|inferior) (?:${peoples})`,
  `(?:gas|kill|lynch|hang|exterminate|deport|burn) (?:all )?(?:the |those |these )?(?:${peoples})`,
  `(?:you|absolute|utter|complete|total|bunch of|pack of|filthy) (?:${kinds})`,
  '(?:stupid|daft|silly) (?:cow|hag|git)s?',
  'stupid (?:people|woman|women|man|men)',
  'you (?:all |guys |people )?suck(?! (?:at|less|in|as|with))',
  '(?:damn|rape) you',
  '(?:blow|hand) ?jobs?',
  '(?:jerk|jack)(?:s|ed|ing)? off',
  'anal sex',
  '(?:go to|rot in|burn in) hell',
  '(?:kill|hang|drown) yoursel(?:f|ves)',
  '(?:drop dead|go die|die in a fire|hope (?:that )?you (?:all )?die|screw you|up yours|sod off|eat me|kiss my (?:ass|arse|butt)|suck my|suck it)',
  '(?:piece of (?:crap|trash|garbage|filth)|scum of the earth|(?:poor )?(?:white|trailer) trash|human (?:trash|garbage|filth|scum)|inferior race)',
  'go back to (?:your (?:own )?country|where you came from|africa|mexico|china|india)',
  '(?:camel jockey|porch monkey|jungle bunny|tar baby|ching chong|towel head|half breed|fudge packer|carpet muncher)s?',
].map((phrase) => new RegExp(`(?<= )(?:${phrase.replaceAll(/\n\s+/g, '')})(?= )`, 'g'));
