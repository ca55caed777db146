/** Bytes of JSON from which on a schema that is there twice is worth a component of its own. */
const worthSharing = 70;

type Json = Record<string, unknown>;

/** Schemas that stand in several places become components, named by the property that has them first. */
export function shareSchemas(schemas: Record<string, object>): Record<string, object> {
  const counts = new Map<string, number>();
  const names = new Map(Object.entries(schemas).map(([name, schema]) => [textOf(schema), name]));
  const shared: Record<string, object> = {};
  for (const schema of Object.values(schemas)) walk(schema, (text) => counts.set(text, (counts.get(text) ?? 0) + 1));
  const parts = Object.entries(schemas).map(([name, schema]) => [name, replaceIn(schema, name)] as const);
  return { ...Object.fromEntries(parts), ...shared };

  function replace(value: unknown, name: string): unknown {
    if (Array.isArray(value)) return value.map((item) => replace(item, name));
    if (!isObject(value)) return value;
    const text = isSchema(value) ? textOf(value) : '';
    if (text.length < worthSharing || (counts.get(text) ?? 0) < 2) return replaceIn(value, name);
    const { description, ...schema } = value;
    const known = names.get(text) ?? free(name);
    if (!names.has(text)) {
      names.set(text, known);
      // Its name is taken before its parts look for theirs.
      shared[known] = schema;
      shared[known] = replaceIn(schema, name);
    }
    const ref = { $ref: `#/components/schemas/${known}` };
    return description === undefined ? ref : { ...ref, description };
  }

  function replaceIn(value: object, name: string): object {
    return Object.fromEntries(
      Object.entries(value).map(([key, part]) => [key, replace(part, schemaWords.has(key) ? name : key)]),
    );
  }

  function free(property: string): string {
    const name = property.charAt(0).toUpperCase() + property.slice(1);
    const taken = (candidate: string) => candidate in schemas || candidate in shared;
    for (let number = 2; ; number += 1) {
      if (!taken(name)) return name;
      if (!taken(`${name}${number}`)) return `${name}${number}`;
    }
  }
}

/** Words of JSON Schema that a component isn't named by. */
const schemaWords = new Set([
  'properties',
  'items',
  'anyOf',
  'oneOf',
  'allOf',
  'not',
  'additionalProperties',
  'propertyNames',
]);

function walk(value: unknown, visit: (text: string) => void): void {
  if (Array.isArray(value)) for (const item of value) walk(item, visit);
  else if (isObject(value)) {
    if (isSchema(value)) visit(textOf(value));
    for (const part of Object.values(value)) walk(part, visit);
  }
}

function textOf(schema: object): string {
  const { description: _, ...rest }: Json = { ...schema };
  return JSON.stringify(rest);
}

/** Arrays without a limit, which only an answer has, stay where the linter knows them to be one's. */
function isSchema(value: Json): boolean {
  if (value.type === 'array') return value.maxItems !== undefined;
  return typeof value.type === 'string' || Array.isArray(value.anyOf) || Array.isArray(value.oneOf);
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null;
}
