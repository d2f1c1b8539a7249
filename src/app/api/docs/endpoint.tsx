import { ChevronRight } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { Badge } from '@/ui/badge'
import type { Tone } from '@/ui/tones'
import { CodeBlock } from './code-block'
import { curlOf } from './curl'
import type { Operation, Parameter } from './document'
import { Fields } from './fields'
import { rowsOf, typeOf } from './schema-rows'

const TONES: Readonly<Record<string, Tone>> = { GET: 'info', POST: 'good', PATCH: 'warn', PUT: 'warn', DELETE: 'bad' }

/** One call, closed until it is wanted; without a script. */
export function Endpoint({ operation, base }: { operation: Operation; base: string }) {
  const t = useTranslations('api')
  const { id, method, path, parameters, body, answer } = operation
  return (
    <details id={id} className="group">
      <summary className="flex cursor-pointer list-none flex-wrap items-center gap-x-3 gap-y-1 px-4 py-2 hover:bg-hover">
        <ChevronRight aria-hidden className="size-4 shrink-0 text-ink-3 group-open:rotate-90" />
        <Badge tone={TONES[method]}>{method}</Badge>
        <h3 className="break-all font-mono text-table">{path}</h3>
        <span className="text-ink-3 text-table">{useSummary(operation)}</span>
      </summary>
      <div className="flex flex-col gap-4 px-4 pt-1 pb-4 sm:pl-11">
        <Fields title={t('parameters')} rows={parameters.map((each) => toRow(each, t))} />
        {body && <Fields title={t('body')} rows={rowsOf(body)} />}
        {answer && <Fields title={`${t('answer')}: 200`} rows={rowsOf(answer)} />}
        <CodeBlock label={t('example')}>{curlOf(base, operation)}</CodeBlock>
      </div>
    </details>
  )
}

function toRow(
  { name, in: where, required = false, schema = {} }: Parameter,
  t: (key: 'inPath' | 'inQuery') => string,
) {
  return { path: name, type: typeOf(schema), required, schema, where: t(where === 'path' ? 'inPath' : 'inQuery') }
}

/** In the reader's language; a new one in the document's until it has its text. */
function useSummary({ id, summary }: Operation): string {
  const t = useTranslations('api.operations')
  // Put together at run time, so that the types do not know it: `has` asks.
  const key = id as Parameters<typeof t>[0]
  return t.has(key) ? t(key) : summary
}
