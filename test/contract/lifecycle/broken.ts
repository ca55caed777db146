export type Property =
  | 'an end is reached, or somebody named is waited for'
  | 'what was told stands, and the public status never goes back'
  | 'each release is told once, in order'
  | 'nothing public depends on what is not announced'
  | 'a slot is freed once, by one who had it'
  | 'a repeated command changes nothing'
  | 'an edit shows nowhere, and is judged before it counts'
  | 'a new run goes on where the last one was';

/** A walk on which a property doesn't hold. */
export class Broken extends Error {
  override name = 'Broken';

  constructor(property: Property, detail: string) {
    super(`${property}: ${detail}`);
  }
}
