import { eq } from 'drizzle-orm'
import { beforeEach, describe, expect, it } from 'vitest'
import { createTestWorkspace, type TestWorkspace } from '@/accounts/testing'
import { openTestDatabase } from '@/db/testing'
import { deliveries } from '@/notifications/deliveries/table'
import { contacts } from '../contacts/table'
import { createGiver, give } from '../gifts/testing'
import { pausePledge } from '../pledges/pause-pledge'
import { joinTestMember } from '../testing'
import { explainAlerts } from './explain-alerts'
import { savePreferences } from './save-preferences'
import { check, morning, notice, promise } from './testing'

const test = openTestDatabase()
let mine: TestWorkspace
let anna: string
let pledge: string
beforeEach(async () => {
  mine = await createTestWorkspace(test.db)
  anna = await createGiver(mine)
  pledge = await promise(mine, anna, '2026-01-31')
})

const explain = (day: string, by = mine) => by.run((ctx) => explainAlerts(ctx, pledge), morning(day))
const verdictsOn = async (day: string) => (await explain(day)).instalments.map(({ verdict }) => verdict)

describe('why an alert about a pledge was or was not sent', () => {
  it('grace, then the next check, then whom it was told and by which way', async () => {
    expect(await explain('2026-02-10')).toMatchObject({
      instalments: [{ dueOn: '2026-01-31', verdict: 'grace', until: '2026-02-10' }],
      episodes: [],
    })
    expect(await explain('2026-02-11')).toMatchObject({
      ...{ instalments: [{ verdict: 'next_check', daysLate: 11 }], nextCheckOn: '2026-02-11', checkHour: 6 },
    })
    await check(mine, '2026-02-11')
    const { instalments, nextCheckOn, episodes, readers } = await explain('2026-02-11')
    expect([instalments[0]?.verdict, nextCheckOn, readers]).toEqual(['told', '2026-02-12', ['Test Owner']])
    expect(episodes).toMatchObject([
      {
        ...{ sinceOn: '2026-01-31', resolvedAt: null },
        tellings: [{ to: 'Test Owner', together: false, ways: [{ kind: 'email', state: 'pending' }] }],
      },
    ])
  })

  it('told again in the next bucket; the gift ends it, and says with what', async () => {
    await check(mine, '2026-02-11')
    await check(mine, '2026-03-05')
    expect(await verdictsOn('2026-03-05')).toEqual(['told', 'grace'])
    await give(mine, { contactId: anna, amount: 20_000, givenOn: '2026-03-06' }, morning('2026-03-06'))
    await notice(mine, '2026-03-06')
    const { instalments, episodes } = await explain('2026-03-06')
    expect(instalments).toEqual([])
    expect(episodes).toMatchObject([
      { resolution: 'gift', gift: { amount: '20000', currency: 'PLN', on: '2026-03-06' }, tellings: [{}, {}] },
    ])
  })

  it('muted by its reader, and without a channel, are not the same', async () => {
    await mine.run((ctx) => savePreferences(ctx, { muted: ['pledge.late'] }))
    await check(mine, '2026-02-11')
    expect(await verdictsOn('2026-02-11')).toEqual(['muted'])
    await mine.run((ctx) => savePreferences(ctx, { muted: [] }))
    await check(mine, '2026-03-05')
    await mine.run((ctx) => ctx.db.update(deliveries).set({ state: 'skipped', reason: 'channel_off' }))
    expect(await explain('2026-03-05')).toMatchObject({
      instalments: [{ verdict: 'no_channel' }, { verdict: 'grace' }],
      episodes: [{ tellings: [{ ways: [{ reason: 'channel_off' }] }] }],
    })
  })

  it('a pause and do-not-contact silence it', async () => {
    const pause = { id: pledge, fromOn: '2026-02-09', untilOn: '2026-05-01', reason: '' }
    await mine.run((ctx) => pausePledge(ctx, pause), morning('2026-02-09'))
    expect((await explain('2026-02-11')).instalments).toMatchObject([{ verdict: 'paused', until: '2026-05-01' }])
    await mine.run((ctx) => ctx.db.update(contacts).set({ doNotContact: true }).where(eq(contacts.id, anna)))
    expect(await verdictsOn('2026-02-11')).toEqual(['do_not_contact'])
  })

  it('what was told in one message with others is known as well, and by which gift it ended', async () => {
    for (const name of ['Bo', 'Cy', 'Di', 'Ed', 'Fay']) await promise(mine, await createGiver(mine, name), '2026-01-31')
    await check(mine, '2026-02-11')
    expect(await explain('2026-02-11')).toMatchObject({
      instalments: [{ verdict: 'told' }],
      episodes: [{ tellings: [{ together: true, to: 'Test Owner' }] }],
    })
    await give(mine, { contactId: anna, amount: 10_000, givenOn: '2026-02-12' }, morning('2026-02-12'))
    await notice(mine, '2026-02-12')
    expect((await explain('2026-02-12')).episodes).toMatchObject([
      { resolution: 'gift', gift: { on: '2026-02-12' }, tellings: [{ together: true }] },
    ])
  })

  it('is not told to staff of a contact that is another’s', async () => {
    const staff = await joinTestMember(test.db, mine, 'staff')
    await expect(explain('2026-02-11', staff)).rejects.toMatchObject({ code: 'not_found' })
  })
})
