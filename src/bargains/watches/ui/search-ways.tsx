'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useTRPC } from '@/trpc/client'
import { Select } from '@/ui/select'
import { StatusDot, type StatusShape } from '@/ui/status-dot'
import { useToast } from '@/ui/toast'
import type { Tone } from '@/ui/tones'
import { OWN_WAYS, type OwnWay } from '../../searches/rules-ways'
import type { SearchWays as Ways } from '../schema'
import { useMomentWords } from './use-moment-words'

type SearchWaysProps = { watchId: string; name: string; search: Ways; canWrite: boolean }

/** How a search is read: by itself or as somebody chose, and how each way went last. */
export function SearchWays({ watchId, name, search, canWrite }: SearchWaysProps) {
  const t = useTranslations('watches.ways')
  const choose = useChoice(watchId, search)
  const options = ['auto' as const, ...OWN_WAYS].map((way) => ({
    value: way,
    label: t(`choice.${way}`),
    disabled: way !== 'auto' && way !== search.chosen && !search.ways.some((one) => one.way === way && one.there),
  }))
  return (
    <div className="mt-2 flex flex-col gap-1.5">
      {canWrite ? (
        <Select
          size="small"
          className="max-w-72"
          label={t('label', { name })}
          options={options}
          value={search.chosen ?? 'auto'}
          onChange={choose}
        />
      ) : (
        <p className="text-ink-2">{t(`choice.${search.chosen ?? 'auto'}`)}</p>
      )}
      <ul aria-label={t('list')} className="flex flex-col gap-1 text-ink-2 text-meta">
        {search.ways.map((way) => (
          <li key={way.way}>
            <WayState way={way} />
          </li>
        ))}
      </ul>
    </div>
  )
}

type Way = Ways['ways'][number]
type State = NonNullable<Way['went']> | 'missing' | 'untried'

const LOOKS: Record<State, { tone: Tone; shape: StatusShape }> = {
  well: { tone: 'good', shape: 'full' },
  refused: { tone: 'warn', shape: 'triangle' },
  unread: { tone: 'warn', shape: 'half' },
  failed: { tone: 'bad', shape: 'triangle' },
  missing: { tone: 'neutral', shape: 'ring' },
  untried: { tone: 'neutral', shape: 'ring' },
}

function WayState({ way: { way, there, went, at, restsUntil } }: { way: Way }) {
  const t = useTranslations('watches.ways')
  const moments = useMomentWords()
  const state = there ? (went ?? 'untried') : 'missing'
  const words = state === 'missing' ? t(`missing.${way === 'plain' ? 'browser' : way}`) : t(`went.${state}`)
  const when = state !== 'missing' && at ? ` ${moments.ago(at)}` : ''
  const rest = there && restsUntil ? `, ${t('rests', { until: moments.at(restsUntil) })}` : ''
  return <StatusDot {...LOOKS[state]} label={`${t(`name.${way}`)}: ${words}${when}${rest}`} />
}

/** Shown at once, and put back where it could not be saved. */
function useChoice(watchId: string, search: Ways) {
  const t = useTranslations('watches.ways')
  const [toast, trpc, client] = [useToast(), useTRPC(), useQueryClient()]
  const key = trpc.watches.ways.queryKey({ id: watchId })
  const show = (chosen: OwnWay | null) =>
    client.setQueryData(key, (all) => all?.map((one) => (one.searchId === search.searchId ? { ...one, chosen } : one)))
  const saving = useMutation(
    trpc.watches.setWay.mutationOptions({
      onMutate: ({ way }) => show(way),
      onError: () => show(search.chosen),
      onSettled: () => client.invalidateQueries({ queryKey: trpc.watches.pathKey() }),
    }),
  )
  const save = (way: OwnWay | null, done?: () => void) =>
    saving.mutate({ id: watchId, searchId: search.searchId, way }, { onSuccess: done })
  return (choice: OwnWay | 'auto') => {
    const before = search.chosen
    save(choice === 'auto' ? null : choice, () =>
      toast.done(t('saved', { choice: t(`choice.${choice}`) }), { onUndo: () => save(before) }),
    )
  }
}
