'use client'

import { useMutation } from '@tanstack/react-query'
import { Download } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useTRPCClient } from '@/trpc/client'
import { Button } from '@/ui/button'
import { DateTime } from '@/ui/date-time'
import { Price } from '@/ui/price'
import { useToast } from '@/ui/toast'
import type { ShownMatch, ShownSnapshot } from '../schema'
import { Changed } from './changed-words'

/** What the advert's own page said each time that it said something new, the latest first, each against the one before. */
export function SellerWrote({ match }: { match: ShownMatch }) {
  const shown = match.snapshots.map((snapshot, at) => ({ snapshot, before: match.snapshots[at - 1] ?? null })).reverse()
  return (
    <ol className="flex flex-col gap-2">
      {shown.map(({ snapshot, before }) => (
        <li key={snapshot.id}>
          <Wrote matchId={match.id} snapshot={snapshot} before={before} />
        </li>
      ))}
    </ol>
  )
}

type WroteProps = { matchId: string; snapshot: ShownSnapshot; before: ShownSnapshot | null }

function Wrote({ matchId, snapshot, before }: WroteProps) {
  const t = useTranslations('matches.wrote')
  const { price, takenAt, title, description, sha256 } = snapshot
  const value =
    price.amount === null || price.currency === null ? null : { amount: price.amount, currency: price.currency }
  return (
    <details className="rounded-card border border-line px-3 py-2 text-table">
      <summary className="cursor-pointer">
        <DateTime value={takenAt} show="dateTime" /> · <Price kind={price.kind} value={value} />
        <span className="block text-ink-2 text-meta">{t(summaryOf(snapshot, before))}</span>
      </summary>
      <p className="mt-2 font-bold">
        <Changed before={before?.title ?? title} after={title} />
      </p>
      <p className="mt-1 whitespace-pre-line break-words">
        <Changed before={before ? (before.description ?? '') : (description ?? '')} after={description ?? ''} />
      </p>
      <p className="mt-2 break-all text-ink-3 text-meta">{t('hash', { hash: sha256 })}</p>
      <KeptPage id={matchId} snapshot={snapshot} />
    </details>
  )
}

function summaryOf(now: ShownSnapshot, before: ShownSnapshot | null) {
  if (before === null) return 'first'
  const words = now.title !== before.title || now.description !== before.description
  const price = now.price.amount !== before.price.amount || now.price.kind !== before.price.kind
  return words && price ? 'wordsAndPrice' : words ? 'words' : 'price'
}

/** The page as a file: never shown here, for it is another site's, with its own scripts. */
function KeptPage({ id, snapshot }: { id: string; snapshot: ShownSnapshot }) {
  const t = useTranslations('matches.wrote')
  const toast = useToast()
  const trpc = useTRPCClient()
  const saving = useMutation({
    mutationFn: () => trpc.matches.snapshot.query({ id, snapshotId: snapshot.id }),
    onSuccess: ({ page }) => savePage(page, `${snapshot.takenAt.slice(0, 10)}-${snapshot.sha256.slice(0, 8)}.html`),
    onError: (error) => toast.failed(error.message),
  })
  return (
    <Button
      variant="link"
      size="small"
      icon={<Download aria-hidden />}
      busy={saving.isPending}
      onClick={() => saving.mutate()}
    >
      {t('download')}
    </Button>
  )
}

function savePage(base64: string, name: string): void {
  const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))
  const url = URL.createObjectURL(new Blob([bytes], { type: 'application/octet-stream' }))
  Object.assign(document.createElement('a'), { href: url, download: name }).click()
  URL.revokeObjectURL(url)
}
