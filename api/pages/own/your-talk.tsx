import { KeyValues, type Pair } from '../parts/key-values.tsx';
import { levelInWords } from '../talk-form/level-in-words.ts';
import { texts } from '../texts.ts';
import { coSpeakersOf } from './co-speakers-of.ts';
import { LongText } from './long-text.tsx';
import type { Talk } from './read-talk.ts';

/** What the speaker has submitted, as it stands. */
export const YourTalk = ({ talk }: { talk: Talk }) => <KeyValues pairs={pairsOf(talk)} />;

function pairsOf({ proposal }: Talk): Pair[] {
  const { title, description, track, format, level, language, links = [], notes, speaker, consents = {} } = proposal;
  const { fields } = texts;
  const one = (key: string, value: string | undefined): Pair[] =>
    value === undefined ? [] : [{ key, value, isOfSpeaker: true }];
  const long = (key: string, value: string | undefined): Pair[] =>
    value === undefined ? [] : [{ key, value: <LongText>{value}</LongText> }];
  const list = (key: string, values: Pair['value'][]): Pair[] =>
    values.length === 0 ? [] : [{ key, value: <ul class="plain">{values}</ul> }];
  return [
    ...one(fields.title, title),
    ...long(fields.description, description),
    ...one(fields.track, track),
    ...one(fields.format, format),
    ...one(fields.level, level && levelInWords(level)),
    ...one(fields.language, language),
    // As text: nobody is led anywhere by what a speaker wrote.
    ...list(
      fields.links,
      links.map((link) => <li dir="ltr">{link}</li>),
    ),
    ...one(fields['speaker.name'], speaker.name),
    ...one(fields['speaker.email'], speaker.email),
    ...long(fields['speaker.bio'], speaker.bio),
    ...one(fields['speaker.country'], speaker.country),
    ...long(fields.notes, notes),
    ...list(
      fields.coSpeakers,
      coSpeakersOf(proposal).map(({ name, email, answer }) => (
        <li>
          <bdi>{name}</bdi> (<bdi>{email}</bdi>): {texts.own.coSpeakerAnswers[answer]}
        </li>
      )),
    ),
    ...list(
      fields.consents,
      Object.entries(consents).map(([id, given]) => (
        <li>
          {id}: {texts.own.consentGiven(given)}
        </li>
      )),
    ),
    { key: texts.own.version, value: texts.own.versionOf(proposal.version) },
  ];
}
