/**
 * Phrases that insult with words which are harmless alone. They match lower-case words one space apart; a full stop ends a
 * sentence, a comma stands for any other punctuation.
 */
const judges = `reviewers?|committee|organi[sz]ers?|attendees|jury|judges|referees|moderators|organi[sz]ing committee|
  program(?:me)? committee|selection committee|review committee|conference committee`;
const hosts = `${judges}|speakers?|conference|event|crowd|audience|community|team|lot|people|guys|idiots`;

/** The end of a clause: "a pig", but not "a pig farmer". */
const end =
  '(?= (?:[.,]|and|or|but|who|because|cause|dear|all|every|the lot|from|anyway|indeed|you|reviewers|lol|just) )';
const start = '(?<=[.,] (?:(?:please|just|go|now|and|so|then) ){0,3})';
/** Not "show you animals". */
const called =
  '(?<!(?:show|shows|showing|give|gives|giving|bring|brings|teach|teaches|tell|tells|sell|sells|get|gets|offer|offers|let|lets|make|makes|send|sends|buy|buys) )you';
const address =
  "(?= (?:[.,]|and|or|but|who|because|have|had|will|can|can't|could|couldn't|do|don't|did|didn't|should|must|need|are|know|never|reject|rejected|think|would|won't|wouldn't|deserve|really|always|just|call|make|with|from|in|on|dear|all) )";
/** Not the report of a game, or of what others think. */
const told =
  '(?<!(?:if|when|whether|that|think|feel|until|because|like|where|while|as|game|level|world|story|imagine|suppose|assume|say|pretend)(?: ,)? )';

const adjectives = `stupid|dumb|pathetic|worthless|disgusting|ugly|brainless|spineless|filthy|brain ?dead|gutless|heartless|
  illiterate|deranged|delusional|sick|subhuman|mentally ill|feeble ?minded`;
const nouns = `fools?|clowns?|losers?|pigs?|rats?|swine|monkeys?|apes?|animals|savages?|vermin|trash|garbage|filth|scum|
  cowards?|liars?|frauds|crooks|jokes?|freaks?|creeps?|jerks?|parasites?|leech(?:es)?|cockroach(?:es)?|disgrace|lunatics?|psychos?|weirdos?|
  wimps?|cripples?|homos?|gits?|hypocrites?|peasants|sheep|waste of (?:space|air|oxygen|skin|time)`;
const very = `all|both|just|so|such|an?|the|really|truly|nothing|but|bunch|of|pack|total|totally|complete|completely|utter|
  utterly|absolute|absolutely|very|bloody|too|even|clearly|obviously|simply|still|as|more|sad|pathetic|little|big|old|huge|dirty`;
/** Only persons: no count of rats, no heap of garbage. */
const persons = `fools?|clowns?|losers?|swine|liars?|frauds|freaks?|creeps?|jerks?|psychos?|savages?|cowards|wimps?|
  hypocrites|crooks`;
const beasts =
  'pigs?|rats?|animals?|monkeys|apes|trash|garbage|filth|scum|vermin|cockroach(?:es)?|parasites?|cripples?|homos?';
const beings = `people|person|m[ae]n|wom[ae]n|boys?|girls?|kids?|cows?|pigs?|dogs?|rats?|animals?|monkeys?|apes?|fools?|clowns?|
  losers?|creatures?|hags?|swine|vermin|scum|trash|cowards?|liars?|frauds?|freaks?|creeps?|jerks?|parasites?|excuse|piece|
  gits?|wimps?|peasants?|hypocrites?|snakes?|worms?|toads?|slobs?|sheep|homos?|cripples?|crooks?`;
const insulting = `stupid|dumb|pathetic|worthless|filthy|disgusting|ugly|fat|spineless|miserable|dirty|lazy|brain ?dead|
  illiterate|ignorant|gutless|sad|useless|incompetent|clueless|stinking|smelly|greedy|hideous|obese|crippled|fucking|damn|sick|
  twisted|jealous|bitter|bloody|goddamn|arrogant|pompous`;

const many = `jews|muslims|mexicans|arabs|indians|pakistanis|blacks|gays|lesbians|queers|immigrants|foreigners|women|asians|
  africans|gyps(?:y|ies)|cripples|christians|refugees|homosexuals|transsexuals|feminists|chinese|latinos|hindus|
  (?:black|gay|trans|transgender|disabled|brown|old|fat|autistic|jewish|chinese) people`;
const one =
  'jew|muslim|mexican|arab|indian|pakistani|black|gay|lesbian|queer|immigrant|foreigner|asian|african|cripple|jewess';
const low = `inferior|subhuman|stupid|dumb|animals|vermin|trash|garbage|filth|filthy|disgusting|criminals|terrorists|thieves|
  parasites|savages|monkeys|apes|scum|sinners|cockroaches|leeches|liars|lazy|less intelligent|less human|mentally ill|freaks|perverts|a disease|a plague|an abomination|
  not human|not welcome here`;
const death = `die|burn|hang|rot|suffer|be (?:burned|burnt|killed|shot|hanged|hung|gassed|exterminated|lynched|castrated|
  raped|beaten|whipped|sterili[sz]ed|put down|executed|deported|locked up)`;
const will = `(?:i|we|they|someone|somebody)(?: will|'ll| am going to|'m going to|'m gonna| are going to|'re going to| gonna| want to| would love to|
  would like to|'d love to| hope to| shall| swear i will| swear i'll) (?:(?:find|hunt|track|come|you|down|for|and|to|your|house|home|office|over|,|personally|soon) ){0,7}`;
const victims = `you|your (?:family|kids|children|wife|mother|dog)|each of you|every one of you|all of you|(?:the|your|this|all the) (?:${judges})`;

const bad = `dicks?|cocks?|pricks?|nazis?|coons?|dykes?|negro(?:e?s)?|boobs?|krauts?|pakis?|chinks?|spastics?`;

export const phrases: readonly RegExp[] = [
  `${told}(?:you(?: guys| people| lot| all)?|u|ur|these people) are(?: (?:${very})){0,6} (?:(?:${adjectives}|insane|${nouns})${end}|an? disgrace|dumber than|less than human|too (?:stupid|dumb|fat|ugly))`,
  `${called} (?:disgust me|make me (?:sick|puke|vomit|want to (?:puke|vomit|throw up)))`,
  `(?:nobody|no one) (?:would|will) miss you(?! (?:at|from|in) )|the world (?:would|will) be (?:a )?better(?: place)? without you`,
  `are you(?: people| guys| all)?(?: (?:${very})){0,2} (?:stupid|dumb|retarded|brain ?dead|illiterate|blind)${end}`,
  `(?:${judges}|speakers|organization|your (?:conference|event|team)|this (?:conference|event)) (?:are|is|were|was|must be|have been)(?: (?:${very})){0,6} (?:${adjectives}|incompetent|clueless|corrupt|ignorant|useless|${nouns}|${bad})${end}`,
  `(?:${judges}) (?:are|is|were|was) (?:clearly |just |all |obviously |simply )?too (?:stupid|dumb|ignorant|old|incompetent)`,
  `(?:${adjectives}|incompetent|clueless|corrupt|ignorant|useless) (?:little |old |fat )?(?:${judges})(?! (?:tricks?|bots?|models?|questions?))`,
  `(?:stupid|pathetic|worthless|disgusting|brainless) (?:speakers|conference)${end}`,
  `(?:pathetic|worthless|disgusting|brainless|spineless|stupid|dumb|autistic|fat|ugly|retarded) (?:${persons}|scum|vermin|trash)${end}`,
  `${called} (?:(?:${insulting}|little|old|fat|total|absolute) ?,? ){1,3}(?:${beings})`,
  `(?:autistic|disabled|crippled|black|brown|gay|trans|jewish|muslim|immigrant) (?:freaks?|scum|trash|pigs?|rats|monkeys?|vermin|filth|savages?|swine)${end}`,
  `your (?:ugly|fat|stupid|disgusting|hideous|filthy) (?:face|ass|mug|mouth|mother|mom|wife|body|belly|accent|fools?|clowns?|losers?|excuse|brain|head)`,
  `${called} (?:(?:absolute|utter|complete|total|bloody|filthy|people|bunch of|pack of|guys|are) ){0,3}(?:${persons}|${beasts}|wimps?|homos?|gits?)${address}`,
  `${called} (?:all )?(?:dicks|cocks|pricks|nazis|pakis|chinks|krauts|coons|spastics)`,
  `(?:absolute|utter|complete|total|filthy|bunch of|pack of) (?:${persons})${end}`,
  `(?:absolute|utter|filthy) (?:pigs?|rats?|animals?|scum|filth|vermin)${end}`,
  `(?:${called}|your|you are|you're|sucks?|sucking|bunch of|lick|such) (?:(?:${very}|my|his|are|arrogant|stupid|ugly|fat|pompous|fucking|little|damn) ){0,4}(?:${bad})${end}`,
  `(?:(?:stupid|arrogant|pompous|ugly|fucking|pathetic) (?:dicks|pricks|cocks)|(?:what|those|these|like) (?:dicks|pricks))${end}`,
  `(?:my|hard|tiny|limp|erect|big|huge) (?:cock|dick)s?${end}`,
  `(?:(?:reviewers|organisers|organizers|they|committee|a bunch of) (?:are|is|were) (?:all |just |a |such |total )?|(?:grammar|feminist|fucking) )nazis?${end}`,
  `(?:arrogant|pompous|stupid|little|complete|total|utter|such a|a|those|these|are) pricks?${end}`,
  `(?:ugly|fat|stupid|butch|bull|diesel|disgusting|filthy|man hating|angry) dykes?`,
  '(?:nazis?|dicks|cocks|pricks|scum|vermin|pigs|liars|cowards|losers|clowns|fools|freaks|creeps|animals|savages|hypocrites)(?: [.,])? (?:all|each|every one|every single one|the lot|both) of you',
  '(?:(?:a|the|those|these|that|some|more|no|dirty|stupid|damn|fucking|all|hate) chinks?|chinks)(?! (?:in|of|between|through|that|which|where|and (?:cracks|gaps|crevices)|(?:[.,] )?(?:cracks|gaps)))',
  `(?:dirty|filthy|stinking|greedy|goddamn|lousy|stupid|dumb|disgusting|inferior|damn|smelly|lazy) (?:(?:${many})|(?:${one})${end})`,
  `${start}(?:gas|kill|lynch|hang|exterminate|deport|burn|shoot|castrate) (?:all )?(?:the |those |these )?(?:${many}|whites|${judges})(?! (?:an?|the|some|your) )`,
  `(?:(?:should|must|let us|let's) (?:gas|kill|lynch|hang|exterminate|deport|burn|shoot)|gas|lynch|exterminate|deport) all (?:the |those |these )?(?:${many})`,
  `(?:${many}) (?:are|r)(?: (?:${very})){0,4} (?:(?:${low})${end}|too (?:stupid|emotional|dumb|weak)|not (?:smart enough|as smart)|less intelligent|inferior to|genetically)`,
  `(?:${many}|you all|you|${judges}) (?:all )?(?:should|ought to|must|deserve to|deserves to|need to|can all|can just|can go) (?:all )?(?:${death})${end}`,
  `(?:${many}) (?:control|run|own|ruin|rule|destroy|are taking over|are ruining) (?:the (?:world|banks|media|industry|country)|everything|tech|this industry|our country|every\\w*|all)`,
  "(?:women|girls|females) (?:cannot|can ?not|can't|should not|shouldn't|will never) (?:code|program|think|drive|speak|do (?:maths?|science|logic|engineering)|write code|be (?:engineers|programmers|developers))",
  "(?:women|girls|females|she|woman) (?:belong|belongs|back|should stay|should go back|don't belong|do not belong) (?:in|to|into) (?:the (?:kitchen|bedroom)|tech|engineering|it)",
  `(?:i|we) (?:really |all |just |fucking )?(?:hate|despise|loathe|detest) (?:(?:all )?(?:of )?you(?: all| people)?${end}|(?:all )?(?:the |these |those )?(?:${many}|${judges})${end})`,
  '(?:anyone|anybody|nobody|no one|someone|somebody|everyone) with (?:half )?a brain (?:would|could|can|will|should)',
  `wasted on (?:you|these|such) (?:people|peasants|lot|guys|all)${end}`,
  `(?:${many}|women|girls) (?:have no place in|have no business|(?:steal|are stealing|take) our|smell|stink|steal everything|should not exist|shouldn't exist|are bad at|are no good at|don't exist)`,
  `(?:islam|judaism|homosexuality|feminism|transgenderism|diversity|autism) is (?:an? )?(?:cancer|disease|plague|mental (?:illness|disorder)|sin|scam|poison)${end}`,
  `send (?:them|you|these people|those people) (?:all )?back (?:to|where)`,
  '(?:wife|woman|women|girls|girlfriend|mother) (?:should be|belongs?|should stay|should remain) in the kitchen',
  '(?:get )?back (?:to|in|into) the kitchen(?= (?:[.,]|woman|where|and|you|bitch) )',
  'make me a sandwich',
  'stupid (?:woman|women|men)',
  `stupid people${end}`,
  `stupid man${end}`,
  '(?:that|this|your) (?:stupid|daft|silly|dumb|fat|ugly|fucking) (?:old )?(?:cow|hag|git|homo)(?! (?:command|page|commit|repo|semantics|hook|alias|workflow|log|history|merge|config|tool)\\w*)',
  `(?:stupid|daft|silly|fat|ugly|old) (?:(?:old )?(?:cow|hag)s?|gits|old git)${end}`,
  'you (?:all |guys |people |really |totally |just )?suck(?! (?:at|less|in|as|with|out|up|air|water|the|it|data|a|through|on) )',
  `(?:this|your|the|our|these) (?:${hosts}) (?:(?:really|totally|just|all|always|absolutely|also) )?(?:sucks?|blows)${end}`,
  `(?:damn|rape|screw|sod|curse|to hell with|piss on|spit on)(?: (?:all|each|every one|the lot) of)? (?:you(?! (?:over|up|out) )|(?:the|this|your|these|those|all) (?:${judges}|conference))`,
  '(?:up yours|sod off|piss off|drop dead|shut up you|shut your (?:mouth|face|trap)|shut the hell up|what the hell is wrong with you)',
  `shut up , you`,
  `${start}(?:drink|swallow|chug|eat) (?:some )?(?:bleach|poison|rat poison|acid(?! free))`,
  `${start}die(?: ,)? (?:all of you|you|reviewers|painfully|slowly|already)${end}`,
  `${start}(?:jump|leap|walk|go jump) (?:off|from|in front of|under|into) (?:a|the|your) (?:\\w{1,12} )?(?:bridge|cliff|building|roof|train|bus|lake|river|traffic)`,
  '(?:go (?:and )?(?:die|choke|drown|rot|hang|kill|play in (?:the )?traffic|play on the motorway)|die in a fire|die slowly)(?= (?:[.,]|in|on|and|you|yourself|yourselves|already|slowly|somewhere|all) )',
  '(?:hope|wish|pray)s?(?: that)? (?:you|your (?:kids|family|children|mother)|the (?:reviewers|committee)|they)(?: all| both| people)? (?:die|dies|choke|rot|burn|suffer|drown|bleed|starve|crash and die|get (?:cancer|aids|shot|raped|hit|sick|run over|ebola|covid)|never wake up)',
  `${will}(?:kill|murder|shoot|stab|strangle|rape|hurt|hang|slap|punch|gut|choke|lynch|slaughter|behead|burn|end|ruin|destroy|beat up|crush|skin|cut) (?:${victims})(?! to (?:the|a|it) )`,
  `${will}(?:beat (?:the (?:shit|hell|crap) out of you|you up)|(?:(?:burn|blow|shoot|bomb|smash)(?: up| down)?) (?:the|your) (?:conference|venue|office|house|home|stage|event|car)|(?:break|smash|cut|burn|bash) your (?:legs?|neck|bones|face|jaw|head|teeth|fingers|throat|knees))(?! of )`,
  '(?:break|smash|punch|bash|kick|slit|cut|rearrange) your (?:legs|neck|bones|face|jaw|skull|teeth|throat|wrists|tongue|knees|head in|eyes out)(?! of )',
  '(?:put|need|deserve|needs|deserves|want|get|have)(?:s|ing)? a (?:bullet|noose|knife|beating|good beating|rope)(?= (?:[.,]|in (?:your|his|her|their|the)|around (?:your|his|her)) )',
  "(?:i|we)(?: will|'ll)? (?:know|find out|found out) where (?:you|your (?:kids|family|children)) (?:all )?(?:live|sleep|work|go)",
  `(?:i'm|i am|we are|we're) coming (?:for|after) (?:you|your (?:family|kids))${end}`,
  "(?:i|we)(?: will|'ll) (?:make (?:you|them) (?:all )?(?:suffer|pay|bleed|regret)|(?:hunt|track) (?:you|them) (?:all )?down(?! (?:a|the|an|every) ))",
  `you(?: will|'ll) (?:all )?(?:regret (?:this|it)|pay (?:dearly )?for (?:this|it|that)|be sorry)${end}`,
  `(?:i have|i've got|i'll bring|i will bring) a (?:gun|rifle|knife|bomb)${end}`,
  `you (?:all )?(?:look|smell|sound|talk|think) like (?:an? )?(?:(?:fat|old|dirty|wet|ugly) )?(?:pigs?|cows?|whales?|monkeys?|apes?|goats?|dogs?|trash|garbage|hags?|gorillas?)${end}`,
  `${called} (?:(?:fat|big|old|damn) )?(?:fatty|fatties|whale|queers?|oaf|oafs|slob|worm|toad|snake|peasants?|troglodytes?|gorillas?|sheep|snowflakes)${end}`,
  '(?:face|accent|talks?|conference|committee|people|they|reviewers) (?:makes?|made) me (?:puke|vomit|sick)(?= [.,] )',
  `(?<=[.,] )(?:blow|bite) me${end}|get lost (?:, )?(?:you|losers|idiots|clowns|reviewers)|choke on (?:it|your|that)(?= (?:[.,]|own|food|tongue) )`,
  `you (?:people |guys |lot )?are (?:simply |just |all )?(?:the worst(?: (?:${judges}|people|conference))?|hopeless|a plague|a cancer|repulsive|revolting|despicable|contemptible|useless|incompetent|hideous|nobody|a nobody|nobodies)(?= [.,] )`,
  'you (?:all )?belong (?:in|behind) (?:an? |the )?(?:asylum|zoo|jail|prison|bars|madhouse|cage|stable|kitchen|gutter|sewer)',
  'wish (?:that )?you (?:all )?(?:were|was) (?:dead|never born)|do (?:the world|us all|us|everyone|everybody) a favou?r and (?:die|kill|jump|disappear|retire)',
  '(?<=[.] )(?:cowards?|losers|scum|liars|hypocrites)(?= [.] )',
  '(?:watch|mind) your back|you are (?:all )?(?:dead (?:man|men|meat)|going to die)|you will all die|bomb (?:the|your) (?:venue|conference|office)|shoot up (?:the|your) (?:venue|conference|office)|(?:sleep with|come for) you sexy',
  '(?:kill|hang|drown|neck) (?:your|ur) ?sel(?:f|ves)|(?:kill|hang|drown|neck|off) yoursel(?:f|ves)',
  "(?:your (?:mother|mom|mum|parents|father) (?:should have|should've|must have|was|is|were|regrets?) (?:aborted|swallowed|dropped|drunk|drop|strangled|a (?:fat|goat|cow|whore|hamster|pig))|better (?:off )?(?:if you were )?dead|should never have been born)",
  '(?:have|has|with|got) (?:the |an? )(?:brains?|iq|intelligence|wit|attention span|mind|intellect|taste) (?:of|like|as) (?:an? )?(?:\\w{1,12} )?(?:goldfish|potato|peanut|pea|amoeba|brick|donkey|monkey|rock|turnip|sheep|child|toddler|slug|stone|plank|doorknob|toaster|cabbage|houseplant)',
  '(?:not|no) (?:even )?(?:a )?(?:brain ?cell|functioning brain|working brain) (?:among|between|in) (?:you|them|the)',
  `(?:would|'d) (?:do|bang|tap|hit) (?:her|him|that)${end}|(?:show (?:me|us) your (?:tits|boobs|body|breasts|legs)|nice (?:tits|boobs|rack)|sleep with you|sit on my (?:face|lap)|send (?:me )?nudes|in bed with you)`,
  `(?:learn (?:how )?to (?:read|think)) , you`,
  '(?:a |free |quick )(?:blow|hand) jobs?|blow jobs(?! (?:through|up|away|out|into|past))',
  'jerk(?:s|ed|ing)? off|jack(?:s|ing)? off',
  'anal sex',
  '(?:go to|rot in|burn in|see you in) hell(?! and back)',
  `(?:eat me${end}|suck it${end}|kiss my (?:ass|arse|butt)|suck my|lick my)`,
  '(?:piece of (?:crap|trash|garbage|filth)|scum of the earth|(?:poor )?(?:white|trailer) trash|human (?:trash|garbage|filth|scum)|(?:inferior|master) race(?= (?:[.,]|of|and) )|waste of (?:oxygen|skin))',
  '(?:heil|sieg) (?:hitler|heil)|hitler was right|white (?:power|supremacy now|pride)(?= [.,] )|death to (?:all )?(?:the )?(?:\\w{3,12}s|america|israel)(?= [.,] )|blood and soil',
  'go back to (?:your (?:own )?country|where you (?:came|come) from|africa|mexico|china|india|pakistan|the jungle)',
  '(?:camel jockey|porch monkey|jungle bunny|tar baby|ching chong|towel head|half breed|fudge packer|carpet muncher|sand monkey|rug muncher|pillow biter|butt pirate|curry muncher|goat fucker|mud people|moon cricket|attention seeker)s?',
].map((phrase) => new RegExp(`(?<= )(?:${phrase.replaceAll(/\n\s+/g, '')})(?= )`, 'g'));
