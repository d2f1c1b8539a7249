import { useTranslations } from 'next-intl'
import { Card } from '@/ui/card'
import { CodeBlock } from './code-block'

const STATUS = {
  bad_input: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  too_many: 429,
  internal: 500,
  upstream: 502,
  unavailable: 503,
} as const
const CODES = Object.keys(STATUS) as (keyof typeof STATUS)[] // Object.keys forgets the names.

const EXAMPLE = JSON.stringify(
  { code: 'bad_input', message: '…', reason: 'watch.offerPage', fields: { 'urls.0': '…' } },
  null,
  2,
)

export function Errors() {
  const t = useTranslations('api')
  return (
    <Card title={t('errors')} hint={t('errorsHint')}>
      <div className="flex flex-col gap-3">
        <CodeBlock label={t('errors')}>{EXAMPLE}</CodeBlock>
        <table className="w-full text-left text-table">
          <thead className="text-ink-3">
            <tr>
              <th className="py-1 pr-3 font-medium">{t('status')}</th>
              <th className="py-1 pr-3 font-medium">{t('code')}</th>
              <th className="py-1 font-medium">{t('meaning')}</th>
            </tr>
          </thead>
          <tbody className="divide-y divide-line">
            {CODES.map((code) => (
              <tr key={code} className="align-top">
                <td className="figures py-1 pr-3">{STATUS[code]}</td>
                <td className="py-1 pr-3 font-mono">{code}</td>
                <td className="py-1">{t(`meanings.${code}`)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Card>
  )
}
