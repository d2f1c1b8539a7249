'use client'

import { useFormatter, useTranslations } from 'next-intl'
import { useFind } from '@/trpc/client-find'
import type { TimelineEvent } from '../schema'

/** The words of one event of a timeline. */
export function useEventText(): (event: TimelineEvent) => string {
  const [t, touches] = [useTranslations('care.timeline'), useTranslations('touches.kinds')]
  const [find, format] = [useFind(), useFormatter()]
  const day = (on: string | null) =>
    on === null ? '' : format.dateTime(new Date(`${on}T12:00:00Z`), { dateStyle: 'medium', timeZone: 'UTC' })
  const named = (kind: 'pledge' | 'change' | 'alert', what: string, values = {}) =>
    find(`care.timeline.${kind}.${what}`, values)
  return (event) => {
    const verb = event.what.split('.').at(-1) ?? ''
    switch (event.kind) {
      case 'touch':
        return find(`touches.kinds.${event.what}`) ?? touches('call')
      case 'task':
        return t(event.done ? 'taskDone' : 'task', { title: event.text })
      case 'gift':
        return t(event.what === 'voided' ? 'voided' : 'gift', { date: day(event.on) })
      case 'refund':
        return t('refund', { date: day(event.on) })
      case 'pledge':
        return named('pledge', verb) ?? t('pledge.other')
      case 'change': {
        const status = find(`contacts.status.${event.text}`) ?? event.text
        return named('change', verb, { status }) ?? t('change.other')
      }
      case 'alert': {
        const what = named('alert', event.what.replace('.', '_')) ?? event.what
        return event.done ? t('alert.ended', { what }) : what
      }
    }
  }
}
