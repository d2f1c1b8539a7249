import type { Translator } from '@/i18n/translator'
import { actionData } from '@/notifications/action-data'
import type { Action } from '@/notifications/message'
import { marketplaces } from '../sources/registry'
import type { ListedWatch } from './schema'

/** What the bot shows in one message of its menu. */
export type Screen = { readonly text: string; readonly buttons: readonly Action[] }

const MOST_LISTED = 20
const BAD = new Set(['blocked', 'changed', 'gone', 'failed', 'forbidden'])

/** Every watch as a button, with a mark for how it stands. */
export function watchListScreen(watches: readonly ListedWatch[], { t }: Translator): Screen {
  const rest = watches.length - MOST_LISTED
  const more = rest > 0 ? `\n${t('bargains.bot.more', { count: rest })}` : ''
  const shown = watches.slice(0, MOST_LISTED).map((watch): Action => {
    const label = t(`bargains.bot.${markOf(watch)}`, { name: watch.name })
    return { kind: 'do', label, data: actionData('watch_show', watch.id) }
  })
  const add: Action = { kind: 'do', label: t('bargains.bot.menuNew'), data: 'watch_new' }
  return { text: t('bargains.bot.title', { count: watches.length }) + more, buttons: [...shown, add] }
}

function markOf({ pausedAt, searches }: ListedWatch): 'resting' | 'trouble' | 'running' {
  if (pausedAt !== null) return 'resting'
  return searches.some((search) => BAD.has(search.health)) ? 'trouble' : 'running'
}

/** One watch with what can be done about it. */
export function watchScreen(watch: ListedWatch, words: Translator, now: Date): Screen {
  const { t } = words
  const resting = watch.pausedAt !== null
  const act = (label: string, verb: string): Action => ({ kind: 'do', label, data: actionData(verb, watch.id) })
  return {
    text: t('bargains.bot.facts', {
      name: watch.name,
      sources: [...new Set(watch.searches.map((search) => search.sourceName))].join(', '),
      minutes: watch.interval,
      count: watch.newCount,
      checked: checkedText(watch, words, now),
    }),
    buttons: [
      resting ? act(t('bargains.button.resume'), 'watch_resume') : act(t('bargains.button.pause'), 'watch_rest'),
      ...(resting ? [] : [act(t('bargains.bot.scan'), 'watch_scan')]),
      act(t('bargains.bot.delete'), 'watch_delete'),
      listAction(words),
    ],
  }
}

function checkedText({ searches }: ListedWatch, { t, relative }: Translator, now: Date): string {
  const times = searches.flatMap(({ checkedAt }) => (checkedAt === null ? [] : [Date.parse(checkedAt)]))
  if (times.length === 0) return t('bargains.bot.unchecked')
  return t('bargains.bot.checked', { when: relative(new Date(Math.max(...times)), now) })
}

export function listAction({ t }: Translator): Action {
  return { kind: 'do', label: t('bargains.bot.back'), data: 'watches' }
}

type DoAction = Extract<Action, { kind: 'do' }>

/** Under an alert; once tapped it becomes `unpauseAction`. */
export function pauseAction(watchId: string, { t }: Translator): DoAction {
  return { kind: 'do', label: t('bargains.button.pause'), data: actionData('watch_pause', watchId) }
}

export function unpauseAction(watchId: string, { t }: Translator): DoAction {
  return { kind: 'do', label: t('bargains.button.resume'), data: actionData('watch_unpause', watchId) }
}

/** After a deletion: how to take it back. */
export function deletedScreen(id: string, name: string, words: Translator): Screen {
  const undo: Action = { kind: 'do', label: words.t('bargains.bot.restore'), data: actionData('watch_restore', id) }
  return { text: words.t('bargains.tap.deleted', { name }), buttons: [undo, listAction(words)] }
}

/** How a watch is made in the chat. */
export function howToScreen(words: Translator): Screen {
  const works = words.list(marketplaces.map((source) => source.name))
  return { text: words.t('bargains.bot.how', { works }), buttons: [listAction(words)] }
}
