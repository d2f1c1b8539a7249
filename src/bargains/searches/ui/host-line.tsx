'use client'

import { useTranslations } from 'next-intl'
import { LinkButton } from '@/ui/link-button'
import { Progress } from '@/ui/progress'
import { useMomentWords } from '../../watches/ui/use-moment-words'
import type { ListedSource } from '../schema'
import { RobotsLine } from './robots-line'
import { VerdictStrip } from './verdict-strip'

export type HostView = ListedSource['hosts'][number]

/** One host: how it answered, what may be asked of it now, and what its robots.txt says. */
export function HostLine({ host, canOverride }: { host: HostView; canOverride: boolean }) {
  const t = useTranslations('sources')
  const facts = useFacts(host)
  return (
    <div className="flex flex-col gap-3">
      <div className="max-w-120">
        <Progress label={t('budget', { host: host.host })} done={host.lastMinute} total={host.perMinute} />
        {facts.length > 0 && <p className="mt-1 text-ink-3 text-meta">{facts.join(' · ')}</p>}
        {host.blockedSince && (
          <LinkButton size="small" href="/push" className="mt-2">
            {t('send')}
          </LinkButton>
        )}
      </div>
      {host.hours.length > 0 && (
        <div className="grid gap-x-6 gap-y-3 sm:grid-cols-2">
          <VerdictStrip hours={host.hours} label={t('strip.day')} cells={24} hoursEach={1} />
          <VerdictStrip hours={host.hours} label={t('strip.week')} cells={28} hoursEach={6} />
        </div>
      )}
      <RobotsLine host={host} canOverride={canOverride} />
    </div>
  )
}

function useFacts(host: HostView): readonly string[] {
  const t = useTranslations('sources')
  const { at, ago, now } = useMomentWords()
  const next = host.nextAt !== null && new Date(host.nextAt) > now ? host.nextAt : null
  const facts = [
    host.lastRequestAt && t('lastRequest', { when: ago(host.lastRequestAt) }),
    host.blockedSince && t('blockedSince', { since: at(host.blockedSince) }),
    host.closedUntil ? t('closed', { until: at(host.closedUntil) }) : next && t('next', { at: at(next) }),
    host.failures > 0 && t('failures', { count: host.failures }),
    ...host.resting.map(({ way, until }) => t('resting', { way: t(`way.${way}`), until: at(until) })),
  ]
  return facts.filter((fact) => typeof fact === 'string')
}
