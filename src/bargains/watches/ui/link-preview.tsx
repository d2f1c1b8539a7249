'use client'

import { CircleCheck, CircleX, TriangleAlert } from 'lucide-react'
import { useLocale, useTranslations } from 'next-intl'
import type { z } from 'zod'
import { formatMoney } from '@/kernel/money'
import { factsOf } from '@/trpc/client-errors'
import { useFind } from '@/trpc/client-find'
import { Photo } from '@/ui/photo'
import { Skeleton } from '@/ui/skeleton'
import { Spinner } from '@/ui/spinner'
import type { previewedSchema } from '../schema'
import { useSearchWords } from './use-search-words'

type Previewed = z.output<typeof previewedSchema>
type PreviewedSearch = Previewed['searches'][number]

type LinkPreviewProps = { isLoading: boolean; found: Previewed | undefined; error: unknown }

/** Under the pasted links: what each is, how much it shows now, or why it cannot be watched. */
export function LinkPreview({ isLoading, found, error }: LinkPreviewProps) {
  return (
    <>
      {isLoading && <Loading />}
      {!isLoading && found?.searches.map((search) => <Found key={search.url} search={search} />)}
      {!isLoading && found?.refused.map((link) => <Refused key={link.pasted} link={link} />)}
      {!isLoading && error != null && <Failed error={error} />}
    </>
  )
}

const boxStyles = 'flex flex-wrap items-center gap-x-3 gap-y-2 rounded-card border border-line bg-card px-3 py-2.5'

function Loading() {
  const t = useTranslations('watches.preview')
  return (
    <div className={boxStyles}>
      <Spinner />
      <span className="text-ink-2 text-table">{t('loading')}</span>
      <span aria-hidden className="ml-auto flex gap-1 max-sm:hidden">
        {[1, 2, 3, 4, 5, 6].map((place) => (
          <Skeleton key={place} className="size-12" />
        ))}
      </span>
    </div>
  )
}

function Found({ search }: { search: PreviewedSearch }) {
  const says = useAskedWords()
  const page = usePageWords(search)
  return (
    <div className={boxStyles}>
      {page.well ? (
        <CircleCheck aria-hidden className="size-4 shrink-0 text-good" />
      ) : (
        <TriangleAlert aria-hidden className="size-4 shrink-0 text-warn" />
      )}
      <div className="min-w-0 flex-1 basis-56">
        <p className="font-medium">
          {search.sourceName} <span className="font-normal text-ink-2">· {says(search)}</span>
        </p>
        <p className="figures text-ink-2 text-table">{page.words}</p>
      </div>
      {search.page && search.page.photos.length > 0 && (
        <span className="flex gap-1">
          {search.page.photos.slice(0, 6).map((photo) => (
            <Photo key={photo} src={photo} alt="" className="size-11 sm:size-12" />
          ))}
        </span>
      )}
    </div>
  )
}

/** What a search asks; a page of no marketplace is called just that, with the words that were searched there. */
function useAskedWords(): (search: PreviewedSearch) => string {
  const says = useSearchWords()
  const t = useTranslations('watches.preview')
  return ({ source, says: asked }) => {
    if (source !== 'any') return says(asked)
    return asked.query ? `${t('anyPage')} · ${says(asked)}` : t('anyPage')
  }
}

function usePageWords({ page, sourceName }: PreviewedSearch): { well: boolean; words: string } {
  const t = useTranslations('watches.preview')
  const locale = useLocale()
  const source = sourceName
  if (page === null) return { well: true, words: t('notAsked', { source }) }
  if (page.verdict === 'empty' || (page.verdict === 'ok' && page.total === 0)) return { well: true, words: t('none') }
  if (page.verdict !== 'ok' && page.verdict !== 'partial') return { well: false, words: t(page.verdict, { source }) }
  const { total: count, cheapest } = page
  if (!cheapest) return { well: true, words: t('count', { count }) }
  const price = formatMoney({ amount: BigInt(cheapest.amount), currency: cheapest.currency }, locale)
  return { well: true, words: t('countAndCheapest', { count, price }) }
}

function Refused({ link }: { link: Previewed['refused'][number] }) {
  const find = useFind()
  const t = useTranslations('watches.preview')
  return <Problem pasted={link.pasted} words={find(`errors.${link.reason}`, { ...link.values }) ?? t('refused')} />
}

function Failed({ error }: { error: unknown }) {
  const network = useTranslations('errors')('network')
  return <Problem words={error instanceof Error && factsOf(error) ? error.message : network} />
}

function Problem({ pasted, words }: { pasted?: string; words: string }) {
  return (
    <div role="alert" className={boxStyles}>
      <CircleX aria-hidden className="size-4 shrink-0 text-bad" />
      <div className="min-w-0 flex-1">
        {pasted && <p className="truncate text-ink-3 text-meta">{pasted}</p>}
        <p className="text-bad-ink text-table">{words}</p>
      </div>
    </div>
  )
}
