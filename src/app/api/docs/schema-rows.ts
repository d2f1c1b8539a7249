/** JSON Schema, as far as zod writes it for our procedures. */
export type Schema = {
  readonly type?: string | readonly string[]
  readonly format?: string
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly default?: unknown
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly items?: Schema
  readonly anyOf?: readonly Schema[]
  readonly oneOf?: readonly Schema[]
  readonly additionalProperties?: Schema | boolean
  readonly minLength?: number
  readonly maxLength?: number
  readonly minItems?: number
  readonly maxItems?: number
  readonly minimum?: number
  readonly maximum?: number
}

/** One line of the table: `items[].price` and what it may be. */
export type SchemaRow = {
  readonly path: string
  readonly type: string
  readonly required: boolean
  readonly schema: Schema
}

const DEEPEST = 6

/** Every field of a schema, parents first; of alternatives that are objects, the fields of each. */
export function rowsOf(schema: Schema, path = '', depth = 0): readonly SchemaRow[] {
  if (depth > DEEPEST) return []
  const inner = bare(schema)
  const alternatives = inner.anyOf ?? inner.oneOf
  if (alternatives) return unique(alternatives.flatMap((each) => rowsOf(each, path, depth + 1)))
  if (inner.items) return rowsOf(inner.items, `${path}[]`, depth + 1)
  return Object.entries(inner.properties ?? {}).flatMap(([name, field]) => {
    const at = path ? `${path}.${name}` : name
    const row = {
      path: at,
      type: typeOf(field),
      required: inner.required?.includes(name) ?? false,
      schema: bare(field),
    }
    return [row, ...rowsOf(field, at, depth + 1)]
  })
}

function unique(rows: readonly SchemaRow[]): readonly SchemaRow[] {
  return [...new Map(rows.map((row) => [`${row.path} ${row.type}`, row])).values()]
}

/** `text`-like words of JSON itself: they are the same in every language. */
export function typeOf(schema: Schema): string {
  const alternatives = schema.anyOf ?? schema.oneOf
  if (alternatives) return [...new Set(alternatives.map(typeOf))].join(' | ')
  if (schema.const !== undefined) return JSON.stringify(schema.const)
  if (schema.items) return `${typeOf(schema.items)}[]`
  if (Array.isArray(schema.type)) return schema.type.join(' | ')
  return [schema.type ?? 'any', schema.format].filter(Boolean).join(': ')
}

/** Without the `null` beside it, which the type tells. */
function bare(schema: Schema): Schema {
  const rest = schema.anyOf?.filter((each) => each.type !== 'null')
  return rest?.length === 1 && rest[0] ? { default: schema.default, ...rest[0] } : schema
}

/** A value that the schema takes: what must be there, and nothing else. */
export function sampleOf(schema: Schema, name = ''): unknown {
  const inner = bare(schema)
  if (inner.const !== undefined) return inner.const
  if (inner.enum) return inner.enum[0]
  const first = (inner.anyOf ?? inner.oneOf)?.[0]
  if (first) return sampleOf(first, name)
  if (inner.items) return [sampleOf(inner.items, name)]
  if (inner.properties) {
    const needed = Object.entries(inner.properties).filter(([key]) => inner.required?.includes(key))
    return Object.fromEntries(needed.map(([key, field]) => [key, sampleOf(field, key)]))
  }
  return plainSample(inner, name)
}

const UUID = '0195d3a0-7c1e-7b44-9f60-3d2f6c1a9e55'

function plainSample({ type, format, default: preset, minimum }: Schema, name: string): unknown {
  if (type === 'integer' || type === 'number') return preset ?? minimum ?? 1
  if (type === 'boolean') return preset ?? true
  if (format === 'uuid' || name === 'id') return UUID
  if (/urls?$/.test(name)) return 'https://www.olx.pl/sport-hobby/rowery/'
  return name === 'name' ? 'City bike' : '…'
}
