import { describe, expect, it } from 'vitest'
import { createTestWorkspace } from '@/accounts/testing'
import { gatherWeek } from '@/bargains/matches/gather-week'
import { sayWeek } from '@/bargains/matches/say-week'
import { createTestMatch } from '@/bargains/testing'
import { watches } from '@/bargains/watches/table'
import { openTestDatabase } from '@/db/testing'
import { sampleLetters, sampleSignal, sampleSummary } from '@/giving/care/fixtures/letters'
import { previewSummary } from '@/giving/care/preview-summary'
import { switchHalves } from '@/giving/care/testing'
import { newId } from '@/kernel/ids'
import { renderMail } from '@/notifications/channels/email/render-mail'
import type { Reader, SignalFacts } from '@/notifications/message'
import { sayings } from './messages'

const test = openTestDatabase()
const known = Object.assign({}, ...sayings)
const APP = 'https://gleaner.example'

function readerOf(locale: string): Reader {
  return {
    ...{ locale, timeZone: 'Europe/Warsaw', now: new Date('2026-11-22T08:00:00Z'), appUrl: APP },
    actUrl: (data) => `${APP}/act/${data}.signed`,
    stopUrl: () => `${APP}/api/unsubscribe/signed`,
  }
}

function letterOf(signal: SignalFacts, locale: string) {
  const message = known[signal.kind](signal, readerOf(locale))
  return renderMail(message, readerOf(locale), 'ola@example.org', 'key')
}

const samples = sampleLetters.flatMap((sample) =>
  ['en', 'pl'].map((locale) => [`${sample[0]} in ${locale}`, locale, sampleSignal(sample)] as const),
)

/** What a reader sees: without the words of the inbox, and tags. */
function seen(html: string): string {
  return html.replace(/<(style|title)[\s\S]*?<\/\1>/g, ' ').replace(/<[^>]+>/g, ' ')
}

describe('a letter', () => {
  it.each(samples)(
    '%s asks nothing of anybody else, and each button has its address in words',
    async (_, locale, signal) => {
      const { html, text } = await letterOf(signal, locale)
      expect(html).toContain(`lang="${locale}"`)
      expect(html).not.toMatch(/<(img|link|script|iframe)|url\(|@import/)
      const addresses = [...html.matchAll(/href="([^"]+)"/g)].map(([, href = '']) => href)
      expect(addresses.filter((href) => !href.startsWith(APP) && !href.startsWith('tel:'))).toEqual([])
      const buttons = [...html.matchAll(/<a class="button [^"]*" href="([^"]+)"/g)].map(([, href = '']) =>
        href.replace(/&amp;/g, '&'),
      )
      expect(buttons.length).toBeGreaterThan(0)
      for (const href of buttons) {
        expect(seen(html).replace(/&amp;/g, '&')).toContain(href)
        expect(text).toContain(href)
      }
    },
  )

  it.each([
    'late-pledge',
    'late-pledges',
    'at-risk-donor',
    'at-risk-donors',
    'task-reminder',
    'gift-received',
    'weekly-summary',
  ])('%s has a form of its own', (name) => {
    const sample = sampleLetters.find(([called]) => called === name)
    const signal = sample && sampleSignal(sample)
    expect(signal && known[signal.kind](signal, readerOf('en')).letter).toBeTypeOf('function')
  })

  it('hostile names stay words, and turn no direction', async () => {
    const name = '<script>alert(1)</script>\u202Eevil\r\nBcc: victim@example.org'
    for (const sample of sampleLetters) {
      const signal = sampleSignal(sample)
      const facts = JSON.parse(JSON.stringify(signal.facts).replaceAll('Anna Nowak', JSON.stringify(name).slice(1, -1)))
      const { html, subject } = await letterOf({ ...signal, facts }, 'en')
      expect(html).not.toMatch(/<script|\u202E/)
      expect(subject).not.toMatch(/[\r\n\u202E]/)
    }
  })

  it('the longest summary is not cut by a mail program that shows 102 kB', async () => {
    const rows = <T>(all: readonly T[]) => Array.from({ length: 10 }, () => all[0])
    const { gifts, fresh, recovered, late, risk, thanks, next, birthdays, tasks } = sampleSummary
    const grown = Object.entries({ gifts, fresh, recovered, late, risk, thanks, next, birthdays, tasks })
    const full = Object.fromEntries(grown.map(([key, part]) => [key, { ...part, rows: rows<unknown>(part.rows) }]))
    const facts = { ...sampleSummary, ...full }
    const { html } = await letterOf({ ...sampleSignal(['', 'summary.weekly', facts]) }, 'pl')
    expect(Buffer.byteLength(html)).toBeLessThan(102_000)
  })
})

describe('the weekly summary of both halves', () => {
  it('says what watches found, also where giving is switched off, and not where bargains are', async () => {
    const mine = await createTestWorkspace(test.db)
    const { workspaceId, memberId: ownerId } = mine
    const watchId = newId()
    await mine.run((ctx) =>
      ctx.db.insert(watches).values({ id: watchId, workspaceId, ownerId, name: 'Bikes', filter: { all: [] } }),
    )
    await createTestMatch(mine, watchId)
    const nextWeek = new Date(Date.now() + 7 * 86_400_000)
    const how = { locale: 'en', appUrl: APP, other: { gather: gatherWeek, say: sayWeek } }
    const preview = () => mine.run((ctx) => previewSummary(ctx, how), nextWeek)
    for (const giving of [false, true]) {
      await switchHalves(mine, { giving })
      expect(await preview()).toMatchObject({ empty: false, text: expect.stringContaining('1 new match') })
    }
    await switchHalves(mine, { bargains: false })
    expect(await preview()).toMatchObject({ empty: true })
  })
})
