type Present<Fields> = { [Key in keyof Fields as undefined extends Fields[Key] ? never : Key]: Fields[Key] };
type Optional<Fields> = {
  [Key in keyof Fields as undefined extends Fields[Key] ? Key : never]?: Exclude<Fields[Key], undefined>;
};
type OmitUndefined<Fields> = Present<Fields> & Optional<Fields>;

/** Returns a copy without the properties that are `undefined`, as `exactOptionalPropertyTypes` asks for. */
export function omitUndefined<Fields extends object>(fields: Fields): OmitUndefined<Fields>;
export function omitUndefined(fields: object): object {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
