'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useTRPC } from '@/trpc/client'
import { Button } from '@/ui/button'
import { ErrorState } from '@/ui/error-state'
import { Segmented } from '@/ui/segmented'
import { Skeleton } from '@/ui/skeleton'

/** The summary as it would come now; asked for when somebody wants to see it. */
export function SummaryPreview() {
  const t = useTranslations('care.settings.preview')
  const [open, setOpen] = useState(false)
  if (open) return <Preview />
  return (
    <Button className="self-start" onClick={() => setOpen(true)}>
      {t('show')}
    </Button>
  )
}

function Preview() {
  const t = useTranslations('care.settings.preview')
  const [form, setForm] = useState<'letter' | 'text'>('letter')
  const { data, isPending, refetch } = useQuery({
    ...useTRPC().care.preview.queryOptions(),
    // What is shown is what would come now.
    gcTime: 0,
  })
  if (isPending) return <Skeleton className="h-64 w-full" />
  if (!data) return <ErrorState onRetry={() => refetch()} />
  const forms = (['letter', 'text'] as const).map((value) => ({ value, label: t(value) }))
  return (
    <section aria-label={t('title')} className="flex flex-col gap-3">
      {data.empty && <p className="text-ink-2">{t('empty')}</p>}
      <div className="flex flex-wrap items-center justify-between gap-3">
        <p className="min-w-0 break-words font-medium">{data.subject}</p>
        <Segmented label={t('form')} options={forms} value={form} onChange={setForm} />
      </div>
      {form === 'letter' ? (
        <iframe
          title={t('title')}
          srcDoc={inNewTabs(data.html)}
          // Nothing in it runs; its links open beside this page.
          sandbox="allow-popups allow-popups-to-escape-sandbox"
          className="h-120 w-full rounded-control border border-line bg-white"
        />
      ) : (
        <pre
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keys
          tabIndex={0}
          className="max-h-120 overflow-auto whitespace-pre-wrap break-words rounded-control border border-line bg-well p-3 text-table"
        >
          {data.text}
        </pre>
      )}
    </section>
  )
}

function inNewTabs(html: string): string {
  return html.replace('<head>', '<head><base target="_blank"/>')
}
