'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Unlink } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useTRPC } from '@/trpc/client'
import { DateTime } from '@/ui/date-time'
import { IconButton } from '@/ui/icon-button'
import { Money } from '@/ui/money'
import { useToast } from '@/ui/toast'
import type { LinkedListing } from '../../prices/schema'

/** The adverts of the same thing: listed before, listed again, or on another site. Each can be taken off, and stays off. */
export function LinkedAdverts({ linked, readOnly }: { linked: readonly LinkedListing[]; readOnly: boolean }) {
  const t = useTranslations('matches.linked')
  const setLink = useSetLink()
  return (
    <ul className="divide-y divide-line">
      {linked.map((one) => (
        <li key={`${one.listingId} ${one.earlierId}`} className="flex items-start gap-2 py-1.5 text-table">
          <div className="min-w-0 flex-1">
            <a
              href={one.url}
              target="_blank"
              rel="noopener noreferrer"
              className="line-clamp-2 text-wheat-ink underline underline-offset-3"
            >
              {one.title}
            </a>
            <span className="text-ink-2 text-meta">
              {t(one.relation, { source: one.sourceName })} · <DateTime value={one.since} show="date" />–
              <DateTime value={one.goneAt ?? one.lastSeenAt} show="date" />
            </span>
          </div>
          {one.amount !== null && one.currency !== null && (
            <Money value={{ amount: one.amount, currency: one.currency }} className="pt-0.5" />
          )}
          {!readOnly && (
            <IconButton
              size="small"
              label={t('unlink', { title: one.title })}
              icon={<Unlink aria-hidden />}
              onClick={() => setLink(one, false)}
            />
          )}
        </li>
      ))}
    </ul>
  )
}

function useSetLink() {
  const t = useTranslations('matches.linked')
  const toast = useToast()
  const trpc = useTRPC()
  const client = useQueryClient()
  const setting = useMutation(
    trpc.matches.setLink.mutationOptions({
      onSettled: () => client.invalidateQueries({ queryKey: trpc.matches.pathKey() }),
    }),
  )
  return function setLink({ listingId, earlierId }: LinkedListing, linked: boolean) {
    const undo = { onUndo: () => setting.mutate({ listingId, earlierId, linked: !linked }) }
    setting.mutate({ listingId, earlierId, linked }, { onSuccess: () => toast.done(t('unlinked'), undo) })
  }
}
