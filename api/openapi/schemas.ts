import { z } from 'zod';

export const schemaRef = (name: string) => ({ $ref: `#/components/schemas/${name}` });

/** The very schemas that the gateway checks with, by their names, as JSON Schema. */
export function jsonSchemas(named: Record<string, z.ZodType>, io: 'input' | 'output'): Record<string, object> {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(named)) registry.add(schema, { id });
  const { schemas } = z.toJSONSchema(registry, { uri: (id) => schemaRef(id).$ref, io, override: withFormat });
  // A component is named by its place.
  return Object.fromEntries(Object.entries(schemas).map(([id, { $schema, $id, id: _, ...rest }]) => [id, rest]));
}

/** So that generated clients know how large the numbers may be. */
function withFormat({ jsonSchema }: { jsonSchema: z.core.JSONSchema.BaseSchema }) {
  if (jsonSchema.type === 'integer') jsonSchema.format = 'int64';
}
