import { and, eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createTestDeps, createTestWorkspace, type TestWorkspace } from '@/accounts/testing'
import { openTestDatabase } from '@/db/testing'
import { channels } from '@/notifications/channels/table'
import { createOutlets } from '@/notifications/create-outlets'
import { drainLane } from '@/notifications/deliveries/drain-lane'
import { editDeliveries } from '@/notifications/deliveries/edit-deliveries'
import { deliveries } from '@/notifications/deliveries/table'
import { signals } from '@/notifications/signals/table'
import { createTestChannel, TEST_ENV } from '@/notifications/testing'
import { startWorld, type World } from '../../../e2e/world/world'
import { contacts } from '../contacts/table'
import { createGiver, give } from '../gifts/testing'
import { joinTestMember } from '../testing'
import { careMessages } from './messages'
import { check, morning, notice, promise, toldIn } from './testing'

let world: World
const test = openTestDatabase()
let mine: TestWorkspace
let anna: string
beforeAll(async () => {
  world = await startWorld()
})
beforeEach(async () => {
  world.reset()
  mine = await createTestWorkspace(test.db)
  anna = await createGiver(mine)
})
afterAll(() => world.close())

function outbox() {
  const deps = createTestDeps(test.db)
  const env = { ...TEST_ENV, ...world.env(), APP_URL: 'https://gleaner.example.org' }
  return { ...deps, outlets: createOutlets({ env, db: test.db, log: deps.log, sayings: [careMessages] }) }
}

const deliver = (kind: 'telegram' | 'email') => drainLane(outbox(), { workspaceId: mine.workspaceId, kind })
const lookedAfterBy = ({ memberId }: TestWorkspace) =>
  mine.run((ctx) => ctx.db.update(contacts).set({ ownerId: memberId }).where(eq(contacts.id, anna)))

/** Whom each signal was recorded for, with the ways that it takes. */
async function ways() {
  const rows = await mine.run((ctx) =>
    ctx.db
      .select({ key: signals.dedupeKey, insteadOf: signals.facts, kind: channels.kind, state: deliveries.state })
      .from(signals)
      .leftJoin(deliveries, eq(deliveries.signalId, signals.id))
      .leftJoin(channels, eq(channels.id, deliveries.channelId))
      .where(eq(signals.kind, 'pledge.late')),
  )
  return rows.map(({ key, insteadOf, kind, state }) => [key.slice(-36), insteadOf.insteadOf ?? null, kind, state])
}

const late = async () => {
  await promise(mine, anna, '2026-01-31')
  await check(mine, '2026-02-11')
}

describe('alerts that nobody sends', () => {
  it('go to the owner, too, who hears for whom', async () => {
    const staff = await joinTestMember(test.db, mine, 'staff')
    await lookedAfterBy(staff)
    const mailbox = await createTestChannel(staff)
    await mine.run((ctx) => ctx.db.update(channels).set({ deletedAt: ctx.now }).where(eq(channels.id, mailbox)))
    await late()
    expect(await ways()).toEqual([
      [staff.memberId, null, null, null],
      [mine.memberId, 'Test staff', 'email', 'pending'],
    ])
    await deliver('email')
    const [letter] = world.mail.to(`${mine.userId}@example.org`)
    expect(letter?.text).toContain('No channel reaches Test staff, who looks after this.')
    for (const part of [letter?.text, letter?.html]) expect(part).toContain('11 days late')
  })

  it('of a member whose only channel was switched off are no exception, and the log says that it was off', async () => {
    const staff = await joinTestMember(test.db, mine, 'staff')
    await lookedAfterBy(staff)
    const mailbox = await createTestChannel(staff)
    const off = { offAt: new Date(), offReason: 'bad_address' }
    await mine.run((ctx) => ctx.db.update(channels).set(off).where(eq(channels.id, mailbox)))
    await late()
    expect(await ways()).toEqual([
      [staff.memberId, null, 'email', 'skipped'],
      [mine.memberId, 'Test staff', 'email', 'pending'],
    ])
  })

  it('go to the admins where no channel reaches the owner', async () => {
    const admin = await joinTestMember(test.db, mine, 'admin')
    const mailbox = await createTestChannel(mine)
    await mine.run((ctx) => ctx.db.update(channels).set({ deletedAt: ctx.now }).where(eq(channels.id, mailbox)))
    await late()
    expect(await ways()).toEqual([
      [mine.memberId, null, null, null],
      [admin.memberId, 'Test Owner', 'email', 'pending'],
    ])
  })

  it('are none where the member has muted them, and none twice', async () => {
    await late()
    await check(mine, '2026-02-12')
    expect(await ways()).toEqual([[mine.memberId, null, 'email', 'pending']])
  })
})

describe('an alert about many', () => {
  const NAMES = ['Adam', 'Bo', 'Cy', 'Di', 'Ed', 'Fay']
  let givers: readonly string[]
  let chat: number
  beforeEach(async () => {
    const user = world.telegram.user('Ola')
    user.start()
    chat = user.id
    await createTestChannel(mine, 'telegram', String(chat))
    givers = await Promise.all(NAMES.map((name) => createGiver(mine, name)))
    for (const id of givers) await promise(mine, id, '2026-01-31')
    await check(mine, '2026-02-11')
    await deliver('telegram')
  })

  const pay = async (ids: readonly (string | undefined)[], on = '2026-02-12') => {
    for (const contactId of ids) {
      if (contactId) await give(mine, { contactId, amount: 10_000, givenOn: on }, morning(on))
    }
    await notice(mine, on)
    await editDeliveries(outbox())
  }
  const said = () => world.telegram.messages(chat).filter(({ text }) => text.includes('6 pledges are late'))
  const many = async () => (await toldIn(mine)).find(({ kind }) => kind === 'pledge.late_many')

  it('is one message, and says of each that ends how it ended', async () => {
    expect(said()).toHaveLength(1)
    await pay(givers.slice(0, 2))
    expect(said()).toHaveLength(1)
    expect(said()[0]?.text).toContain('2 of 6 are settled.')
    expect(said()[0]?.html).toMatch(/<s>Anna Adam<\/s> · 100 zł came on Feb 12, 2026/)
    expect(said()[0]?.text).toContain('Anna Fay · 11 days late')
    expect(await many()).toMatchObject({ resolvedAt: null, facts: { ended: 2 } })
  })

  it('is over with the last of them', async () => {
    await pay(givers)
    expect(said()[0]?.text).toContain('6 of 6 are settled.')
    const told = await many()
    expect(told?.resolvedAt).not.toBeNull()
    const rows = await mine.run((ctx) =>
      ctx.db
        .select()
        .from(deliveries)
        .where(and(eq(deliveries.signalId, told?.id ?? ''), eq(deliveries.state, 'sent'))),
    )
    expect(rows.every(({ editedAt }) => editedAt !== null)).toBe(true)
  })

  it('leaves what is told anew of one of them to a message of its own', async () => {
    await pay(givers.slice(0, 5))
    await check(mine, '2026-03-04')
    expect((await toldIn(mine)).filter(({ kind }) => kind === 'pledge.late')).toHaveLength(1)
    expect(await many()).toMatchObject({ resolvedAt: null, facts: { ended: 5 } })
    await pay([givers[5]], '2026-03-05')
    expect((await many())?.resolvedAt).not.toBeNull()
  })
})
