'use client'

import { useTranslations } from 'next-intl'
import { useFind } from '@/trpc/client-find'
import { DateTime } from '@/ui/date-time'
import { Money } from '@/ui/money'
import { usePlainDay } from '../../gifts/ui/plain-day'
import type { PledgeAlerts } from '../schema'

type Episode = PledgeAlerts['episodes'][number]
type Telling = Episode['tellings'][number]

/** One stretch of being late: who was told when and how, and what ended it. */
export function AlertEpisode({ episode }: { episode: Episode }) {
  const [t, day] = [useTranslations('care.alerts'), usePlainDay()]
  const { sinceOn, tellings, openedAt } = episode
  return (
    <li className="flex flex-col gap-1 text-table">
      <span className="font-medium">{t('since', { date: day(sinceOn) })}</span>
      {tellings.length === 0 && (
        <span className="text-ink-2">
          <DateTime value={openedAt} show="dateTime" />: {t('unheard')}
        </span>
      )}
      {tellings.map((telling) => (
        <span key={telling.id} className="text-ink-2">
          <DateTime value={telling.at} show="dateTime" />:{' '}
          {t(telling.together ? 'toldTogether' : 'told', { name: telling.to })} (
          <Ways ways={telling.ways} />)
        </span>
      ))}
      <End episode={episode} />
    </li>
  )
}

function Ways({ ways }: { ways: Telling['ways'] }) {
  const [t, find] = [useTranslations('care.alerts'), useFind()]
  if (ways.length === 0) return t('noWay')
  return ways
    .map(({ kind, state, reason }) => {
      const why = reason && find(`deliveries.reasons.${reason}`)
      const words = [find(`channels.kinds.${kind}`) ?? kind, find(`deliveries.states.${state}`) ?? state]
      return `${words.join(': ')}${why ? `, ${why}` : ''}`
    })
    .join(', ')
}

function End({ episode: { resolvedAt, resolution, gift } }: { episode: Episode }) {
  const [t, day] = [useTranslations('care.alerts'), usePlainDay()]
  if (resolvedAt === null) return null
  return (
    <span className="text-ink-2">
      <DateTime value={resolvedAt} show="dateTime" />: {t(resolution === 'gift' ? 'endedByGift' : 'ended')}
      {gift && (
        <>
          {' ('}
          <Money value={gift} />, {day(gift.on)})
        </>
      )}
    </span>
  )
}
