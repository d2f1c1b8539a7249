import { beforeEach, describe, expect, it } from 'vitest'
import { createTestWorkspace, type TestWorkspace } from '@/accounts/testing'
import { openTestDatabase } from '@/db/testing'
import { NO_PART } from '@/notifications/weekly-part'
import { createGiver, give } from '../gifts/testing'
import { tellDone } from '../imports/tell-done'
import { previewSummary } from './preview-summary'
import { withMuted } from './rules-muted'
import { readPreferences, savePreferences } from './save-preferences'
import { check, morning, promise, switchHalves, toldIn } from './testing'

const test = openTestDatabase()
let mine: TestWorkspace
beforeEach(async () => {
  mine = await createTestWorkspace(test.db)
  await switchHalves(mine, { giving: true })
})

const save = (change: Parameters<typeof savePreferences>[1]) => mine.run((ctx) => savePreferences(ctx, change))

describe('what a member wants to hear of', () => {
  it('a kind that is switched off and on again leaves the others as they were', () => {
    const off = withMuted(['search.blocked'], 'pledge.late', false)
    expect(off).toEqual(['search.blocked', 'pledge.late'])
    expect(withMuted(off, 'pledge.late', false)).toEqual(off)
    expect(withMuted(off, 'pledge.late', true)).toEqual(['search.blocked'])
  })

  it('what is left out of a change stays as it is', async () => {
    await save({ muted: ['pledge.late'] })
    await save({ summaryWeekday: 5, summaryHour: 17 })
    expect(await mine.run(readPreferences)).toEqual({
      ...{ muted: ['pledge.late'], summary: true, summaryWeekday: 5, summaryHour: 17 },
    })
  })

  it('a muted late pledge is not told, and stands on the page all the same', async () => {
    await save({ muted: ['pledge.late'] })
    await promise(mine, await createGiver(mine), '2026-01-31')
    expect(await check(mine, '2026-02-11')).toMatchObject({ late: 1, signals: 0 })
  })

  it('an import that is done is told to who sent it, unless they muted it', async () => {
    const record = { id: crypto.randomUUID(), memberId: mine.memberId, fileName: 'gifts.csv', rows: 1000 }
    // What telling reads of an import.
    const done = (id: string) =>
      mine.run((ctx) => tellDone(ctx, { ...record, id } as Parameters<typeof tellDone>[1], {} as never))
    await done(crypto.randomUUID())
    await save({ muted: ['import.done'] })
    await done(crypto.randomUUID())
    expect((await toldIn(mine)).map(({ kind }) => kind)).toEqual(['import.done'])
  })
})

describe('the preview of the weekly summary', () => {
  const preview = () =>
    mine.run(
      (ctx) => previewSummary(ctx, { locale: 'en', appUrl: 'https://gleaner.example.org', other: NO_PART }),
      morning('2026-02-16'),
    )

  it('is the letter that would come, as HTML and as text, and says where it is stopped', async () => {
    const anna = await createGiver(mine)
    await give(mine, { contactId: anna, amount: 4_000, givenOn: '2026-02-12' }, morning('2026-02-12'))
    const { html, text, empty, subject } = await preview()
    expect([empty, subject]).toEqual([false, expect.stringContaining('1 gift')])
    expect(html).toContain('<head>')
    for (const form of [html, text]) {
      expect(form).toContain('Anna Nowak')
      expect(form).toContain('https://gleaner.example.org/settings/care')
    }
  })

  it('says when there is nothing to say', async () => {
    expect(await preview()).toMatchObject({ empty: true })
  })
})
