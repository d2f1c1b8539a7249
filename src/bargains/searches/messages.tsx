import type { Translator } from '@/i18n/translator'
import type { Action, Reader, Say } from '@/notifications/message'
import { watchActions, wordsFor } from '../matches/messages'
import { FIELD_NAMES } from './rules-fill'
import type { FieldFacts } from './tell-fields'
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

/** For whoever runs this installation. */
function sayFields(kind: 'fell' | 'back'): Say {
  return (signal, reader) => {
    // Written by `tell-fields.ts` alone, as FieldFacts.
    const facts = signal.facts as FieldFacts
    const { t, list } = wordsFor(reader)
    const names = FIELD_NAMES.filter((name) => facts.fields.includes(name)).map((name) =>
      t(`bargains.fields.name.${name}`),
    )
    const values = { source: facts.sourceName, variant: facts.variant, fields: list(names) }
    const heading = t(`bargains.fields.${kind}`, values)
    const line = t(`bargains.fields.${kind}Line`, values)
    return {
      tone: 'neutral',
      subject: heading,
      heading,
      photos: [],
      lines: [[{ text: line }]],
      footer: '',
      actions: [],
    }
  }
}

/** Words for how searches stand. */
export const searchMessages: Readonly<Record<string, Say>> = {
  'search.blocked': sayHealth('blocked'),
  'search.changed': sayHealth('changed'),
  'search.failing': sayHealth('failing'),
  'search.gone': sayHealth('gone'),
  'search.forbidden': sayHealth('forbidden'),
  'search.recovered': sayHealth('recovered'),
  'source.fields': sayFields('fell'),
  'source.fields_back': sayFields('back'),
}
