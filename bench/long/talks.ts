import { createHash } from 'node:crypto';

const words = `about after again always another answer around audience before better between broken build careful change
  clear code customer data database decision deep delay deploy design different document early easier error event example
  fail fast find first follow found from future good grow hand happen hard help history honest idea important inside
  keep know language large late later lead learn learned less lesson library limit little live long look machine make
  many measure measured memory message metric mistake mistakes model money month more morning move much need network
  never night number often only open order other outage owner part people performance plan point practice problem
  process production program project promise question queue quick reader reason release repair report request result
  review right rule safe scale schedule second server service short show simple slow small software start state step
  store story system talk team test think thought time together tool traffic trust under understand update user value
  version wait warning watch week where work worker world write year`.split(/\s+/);

const told = 'we learned in production how to show why';

type Talk = { speaker: { email: string }; title: string; description: string };

/** Talks that pass, each with words and a speaker of its own, so that neither is near to another. */
export function createTalks(example: string) {
  const talk: Talk = JSON.parse(example);

  return (index: number): string => {
    const pick = numbersOf(index);
    const sentences = Array.from({ length: 9 }, () => Array.from({ length: 9 }, () => words[pick() % words.length]));
    const [, ...rest] = sentences.map((sentence) => `The ${sentence.join(' ')}.`);
    const title = sentences[0]?.join(' ') ?? '';
    return withSpeaker({ ...talk, title, description: `${rest.join(' ')} ${told}.` }, index);
  };
}

/** Talks that differ only in their last word. */
export function createNearDuplicates(example: string) {
  const talk: Talk = JSON.parse(example);
  return (index: number): string => withSpeaker({ ...talk, description: `${talk.description} ${index}` }, index);
}

function withSpeaker(talk: Talk, index: number): string {
  return JSON.stringify({ ...talk, speaker: { ...talk.speaker, email: `speaker-${index}@example.org` } });
}

/** The same numbers in each run. */
function numbersOf(seed: number): () => number {
  let [at, block] = [0, Buffer.alloc(0)];
  return () => {
    const offset = (at * 2) % 64;
    if (offset === 0) block = createHash('sha512').update(`${seed} ${at}`).digest();
    at += 1;
    return block.readUInt16BE(offset);
  };
}
