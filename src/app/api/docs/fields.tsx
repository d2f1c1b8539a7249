import { useTranslations } from 'next-intl'
import type { Schema, SchemaRow } from './schema-rows'

type FieldsProps = { title: string; rows: readonly (SchemaRow & { readonly where?: string })[] }

/** What a call takes or gives, a line a field. */
export function Fields({ title, rows }: FieldsProps) {
  const t = useTranslations('api')
  const limits = useTranslations('api.limits')
  if (rows.length === 0) return null
  return (
    <div className="flex flex-col gap-1">
      <h4 className="font-medium text-ink-2 text-table">{title}</h4>
      <ul className="divide-y divide-line border-line border-y text-table">
        {rows.map(({ path, type, required, schema, where }) => (
          <li key={`${path} ${type}`} className="flex flex-wrap gap-x-3 py-1">
            <code className="break-all font-mono">{path}</code>
            <span className="break-all text-ink-3">
              {[type, where, t(required ? 'required' : 'optional'), ...limitsOf(schema, limits)]
                .filter(Boolean)
                .join(' · ')}
            </span>
          </li>
        ))}
      </ul>
    </div>
  )
}

type Texts = ReturnType<typeof useTranslations<'api.limits'>>

/** What a value must fulfil, in words. */
function limitsOf(schema: Schema, t: Texts): readonly string[] {
  const { minLength, maxLength, minItems = 0, maxItems, minimum = 0, maximum } = schema
  const limits: string[] = []
  if (maxLength !== undefined && minLength) limits.push(t('length', { least: minLength, most: maxLength }))
  else if (maxLength !== undefined) limits.push(t('most', { most: maxLength }))
  if (maxItems !== undefined) limits.push(t('items', { least: minItems, most: maxItems }))
  // Without a limit of ours zod writes that of a safe integer.
  if (maximum !== undefined && maximum < Number.MAX_SAFE_INTEGER)
    limits.push(t('range', { least: minimum, most: maximum }))
  if (schema.enum) limits.push(t('values', { values: schema.enum.join(', ') }))
  if (schema.default !== undefined) limits.push(t('default', { value: JSON.stringify(schema.default) }))
  return limits
}
