import { eld } from 'eld/small';

/** The detector reads only so many bytes of UTF-8. */
const passageSize = 350;

export type Passage = {
  text: string;
  /** ISO 639-1; empty if unknown. */
  language: string;
  isReliable: boolean;
  /** From 0 to 1: the distance to the nearest of these languages, relative to the detected one. */
  distanceTo: (languages: readonly string[]) => number;
};

/** Detects languages by passage: a text may begin with names, quote another language, or be in two. */
export function detectLanguages(text: string): Passage[] {
  return passagesOf(text).map((passage) => {
    const result = eld.detect(passage.replace(/\w{1,20}:\/\/\S+/g, ' '));
    return {
      text: passage,
      language: result.language,
      isReliable: result.isReliable(),
      distanceTo: (languages) => {
        const scores = result.getScores();
        const nearest = Math.max(0, ...languages.map((language) => scores[language] ?? 0));
        return 1 - nearest / (scores[result.language] ?? 1);
      },
    };
  });
}

function passagesOf(text: string): string[] {
  const length = Buffer.byteLength(text);
  const size = length / Math.ceil(length / passageSize);
  const passages: string[] = [];
  let from = 0;
  let lastSpace = 0;
  let bytes = 0;
  for (let at = 0; at < text.length; at += 1) {
    if (bytes >= size) {
      const to = lastSpace > from ? lastSpace : at;
      passages.push(text.slice(from, to));
      at = to;
      from = to;
      bytes = 0;
    }
    const unit = text.charCodeAt(at);
    if (unit === space || unit === lineFeed) lastSpace = at;
    bytes += unit < 0x80 ? 1 : unit < 0x8_00 ? 2 : 3;
  }
  if (from < text.length) passages.push(text.slice(from));
  return passages;
}

const space = 0x20;
const lineFeed = 0x0a;
