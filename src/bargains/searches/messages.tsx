import type { Translator } from '@/i18n/translator'
import type { Action, Reader, Say } from '@/notifications/message'
import { watchActions, wordsFor } from '../matches/messages'
import type { HealthFacts } from './tell-health'

type Kind = 'blocked' | 'changed' | 'failing' | 'gone' | 'forbidden' | 'recovered'

/** What happened at a source, and what to do. */
function sayHealth(kind: Kind): Say {
  return (signal, reader) => {
    // Written by `tell-health.ts` alone, as HealthFacts.
    const facts = signal.facts as HealthFacts
    const words = wordsFor(reader)
    const values = { source: facts.sourceName, since: momentText(facts.since, words, reader) }
    const next = facts.nextTryAt ? momentText(facts.nextTryAt, words, reader) : words.t('bargains.health.later')
    const heading = words.t(`bargains.health.${kind}`, values)
    const names = { count: facts.watchNames.length, names: words.list(facts.watchNames) }
    return {
      tone: 'neutral',
      subject: heading,
      heading,
      photos: [],
      lines: [[{ text: words.t(`bargains.health.${kind}Line`, { ...values, next }) }]],
      footer: words.t('bargains.watches', names),
      actions: [openSearch(facts.url, words), ...watchActions(signal.watchId, reader, words)],
    }
  }
}

function openSearch(url: string, { t }: Translator): Action {
  return { kind: 'open', label: t('bargains.button.search'), url }
}

const DAY = 86_400_000

/** "14:02", with its date when that is not today. */
function momentText(iso: string, { time, dateTime }: Translator, { now }: Reader): string {
  const moment = new Date(iso)
  return Math.abs(now.getTime() - moment.getTime()) < DAY / 2 ? time(moment) : dateTime(moment)
}

/** Words for how searches stand. */
export const searchMessages: Readonly<Record<string, Say>> = {
  'search.blocked': sayHealth('blocked'),
  'search.changed': sayHealth('changed'),
  'search.failing': sayHealth('failing'),
  'search.gone': sayHealth('gone'),
  'search.forbidden': sayHealth('forbidden'),
  'search.recovered': sayHealth('recovered'),
}
