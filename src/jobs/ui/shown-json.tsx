import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { type ReactNode, useState } from 'react'
import { useTRPC } from '@/trpc/client'
import { Button } from '@/ui/button'
import type { Whole } from '../schema'

type FoldProps = { label: ReactNode; open?: boolean; children: ReactNode }

/** Something long that is opened by who wants to read it. */
export function Fold({ label, open = false, children }: FoldProps) {
  return (
    <details open={open} className="group min-w-0">
      <summary className="w-fit cursor-pointer rounded-control text-ink-2 text-table hover:text-ink">{label}</summary>
      <div className="mt-1">{children}</div>
    </details>
  )
}

type ShownJsonProps = {
  value: { text: string; cut: boolean }
  /** Where the whole of it is read from, once somebody asks for it. */
  whole: Whole
}

export function ShownJson({ value, whole }: ShownJsonProps) {
  const t = useTranslations('jobs')
  const [wanted, want] = useState(false)
  const read = useQuery(
    useTRPC().jobs.whole.queryOptions(whole, { enabled: wanted, staleTime: Number.POSITIVE_INFINITY }),
  )
  const shown = read.data ?? value
  return (
    <div className="flex flex-col items-start gap-1">
      <Preformatted label={t('json')}>{shown.text}</Preformatted>
      {shown.cut && <p className="text-ink-3 text-meta">{t('cut')}</p>}
      {read.isError && <p className="text-bad-ink text-meta">{read.error.message}</p>}
      {value.cut && !read.data && (
        <Button size="small" busy={read.isFetching} onClick={() => (wanted ? void read.refetch() : want(true))}>
          {t('whole')}
        </Button>
      )}
    </div>
  )
}

type ShownErrorProps = { error: { name: string; message: string; stack: string } }

export function ShownError({ error }: ShownErrorProps) {
  const t = useTranslations('jobs')
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <p className="whitespace-pre-line break-words text-bad-ink text-table">{error.message || error.name}</p>
      {error.stack && (
        <Fold label={t('stack')}>
          <Preformatted label={t('stack')}>{error.stack}</Preformatted>
        </Fold>
      )}
    </div>
  )
}

function Preformatted({ label, children }: { label: string; children: string }) {
  return (
    // Scrolls by itself, so the keyboard must reach it.
    <section
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must take the focus (WCAG 2.1.1)
      tabIndex={0}
      aria-label={label}
      className="max-h-80 w-full overflow-auto rounded-control border border-line bg-well p-2"
    >
      <pre className="whitespace-pre-wrap break-words font-mono text-meta">{children}</pre>
    </section>
  )
}
