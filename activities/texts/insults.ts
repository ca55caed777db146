/**
 * English insults and obscenities in lower case, without words that are also names, technical terms or ordinary (hooker,
 * slave, kill, dummy): organisers check each match. Packages (cuss, LDNOOBW, obscenity) list hundreds of those. Measure
 * changes with `npm run moderate-talks`.
 */
const listed = (words: string): string[] => words.trim().split(/\s+/);

const nouns = listed(`
  idiot moron imbecile cretin dimwit halfwit nitwit numbskull numskull simpleton dullard bonehead blockhead butthead fathead
  meathead knucklehead pinhead knobhead bellend numbnuts pillock plonker tosser tosspot
  douche douchebag scumbag dirtbag sleazebag sleazeball slimeball ratbag lowlife
  buffoon dolt nincompoop ignoramus airhead birdbrain peabrain twerp schmuck putz dweeb nutjob sissy 
  neckbeard incel numpty gobshite munter minger bimbo thot mofo biatch jerkoff weirdo lunatic crackpot redneck dunce dork
  eejit lamebrain
  bastard bitch whore slut skank trollop strumpet twat turd bugger wanker arse ass bollock
  fatso fugly pervert perv sicko pedo paedo pedophile paedophile rapist nazi tard cuck soyboy feminazi libtard retard mongoloid
  spaz spastic subhuman
  nigger nigga negro coon jigaboo darkie golliwog pickaninny spearchucker
  kike yid heeb jewboy spic wetback beaner gook zipperhead slanteye chinaman chinamen
  raghead towelhead dothead paki wog dago polack kraut honky honkey pikey gyppo injun squaw kaffir halfbreed
  fag faggot poofter lesbo tranny shemale ladyboy
  dick pussy cunt dildo boob titty blowjob handjob rimjob cumshot milf gangbang bukkake butthole buttplug
`);

const verbs = listed('shit piss wank bugger bullshit jizz');

const others = listed(`
  idiotic moronic imbecilic cretinous dimwitted halfwitted retarded whorish slutty skanky bitchy bitchass faggy perverted
  shitty shittier shittiest shite shited crap bollocks tits niggaz niggah japs jizz slant-eyed window-licker untermensch untermenschen
  stfu gtfo kys goddamn goddamned goddamnit whoring birdbrained inbred inbreds horny
  lamebrained peabrained dickish butthurt poofs homos midgets psychos twits
  masturbate masturbates masturbated masturbating masturbation
`);

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

export const insults: ReadonlySet<string> = new Set([
  ...nouns.flatMap(plural),
  ...verbs.flatMap(conjugated),
  ...others,
  ...fronts.flatMap((front) => cores.flatMap((core) => plural(front + core))),
  ...cores.flatMap((core) => backs.flatMap((back) => plural(core + back))),
]);

/** All words that begin so are insults. */
export const beginnings =
  /^(?:cunt|nigger|faggot|asshole|arsehole|motherf|wanker|bullshit)|fuck|(?<!s)nigg(?:er|ah?s?$)|(?:cunt|bitch|whore|faggot|asshole)s?$/;

/** Masked words: f**k, sh*t, f***. A star before or a number after is Markdown or arithmetic. */
export const masked =
  /(?<![\p{L}\p{N}*_])(?:\p{L}{0,9}(?:f\*{1,3}ck|fu\*{1,2}k|fuc\*|fu\*{2}|f\*{2,3}k|f\*{2}[ie]|sh\*{1,2}t|b\*{1,3}tch|b\*{2,4}h|c\*{1,2}nt|[nf]\*{1,2}gg|a\*{1,2}hole|a\*shole|ass\*{2}le|a\*{2}wipe|wh\*re|sl\*t|d\*ck|p\*ss|r\*t\*rd|r\*tard|b\*st\*rd|b\*stard|n\*{3,4}r)\p{L}{0,9}|(?:mother)?f\*{3,8}(?:ed|ing|er|s)?(?![\p{L}\p{N}*])|sh\*{2,3}(?![\p{L}\p{N}*])|(?:s|bulls)\*{2}t(?![\p{L}\p{N}*]))/giu;

/** Also names: insults unless capitalised. */
export const alsoNames: ReadonlySet<string> = new Set(
  listed('dick dicks dickless coon coons negro negros negroes nazi nazis boob paki kraut schmuck putz'),
);

export const harmless: ReadonlySet<string> = new Set(
  listed('asses buttload kick-ass bad-ass hard-ass smart-ass half-ass kaffir-lime honky-tonk honky-tonks'),
);

/** Terms of medicine, physics, biology and cooking that contain insults, in any case. */
export const terms = new RegExp(
  [
    'spastic (?:[dphqt]\\w{0,6}pleg\\w+|\\w{0,5}paresis|cerebral|colon|gait|muscles?|movements?|limbs?|bladder|dys\\w+|paralysis|bowel|hyper\\w+|torticollis|patients|children|hands?|arms?|legs?|stroke)',
    '(?:to|can|may|will|not|which|that|advance|advance or|advance and|spark|timing|ignition|flame|fire|knock|throttle)[ /-](?:and |or )?retards?',
    'retards? (?:the|its|growth|timing|spark|ignition|corrosion|crystal\\w*|spoilage|setting|progress|evaporation|oxidation|combustion|flames?|fire)',
    '(?:flame|fire|growth|timing|spark|ignition)[ -]retarded|retarded (?:potentials?|times?|growth|green|waves?|timing|ignition|spark|diffusion|fields?|positions?|interactions?|solutions?|by|functional)',
    'faggots? (?:and (?:peas|mash|gravy|chips)|of \\w+|with (?:gravy|peas)|cells?|stitch)|(?:pork|welsh) faggots?|fag[ -](?:end|packet|paper)s?',
    'fathead minnows?|jackass penguins?|(?:wild|african|somali|asiatic|nubian|domestic) ass(?:es)?|maine coons?|pussy (?:willows?|riot|cats?)',
    '(?:great|blue|coal|marsh|willow|crested|bearded|long-tailed|azure|varied|penduline) tits?',
    '(?:brood|breeding|pregnant|whelping|lactating|spayed|pedigree) bitch(?:es)?|bitch(?:es)? (?:and (?:her |their )?(?:pups?|pupp(?:y|ies)|dogs?|litters?)|in (?:heat|o?estrus))',
    'ass (?:subtitles?|files?|formats?)|crap (?:metrics?|scores?|index|analysis|principles?)|bastard (?:operator from hell|files?|titles?|toadflax)|spotted dick|moby dick|tom,? dick,? and harry',
    'honky tonks?|pinhead (?:oatmeal|oxide|size|camera)|size of a pinhead|lunatic fringe|(?:to|can|could|may|would|that|which) pervert|perverts? the',
  ]
    .map((term) => `(?<![\\p{L}\\p{N}])(?:${term})(?![\\p{L}\\p{N}])`)
    .join('|'),
  'giu',
);
