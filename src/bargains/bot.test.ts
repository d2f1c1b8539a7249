import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createTestDeps, createTestWorkspace, type TestWorkspace } from '@/accounts/testing'
import { startPolling } from '@/bot/start-polling'
import { withSystem } from '@/db/scope'
import { openTestDatabase } from '@/db/testing'
import { startTelegramLink } from '@/notifications/channels/start-telegram-link'
import { channels, telegramAccounts } from '@/notifications/channels/table'
import { createTelegramChannel } from '@/notifications/channels/telegram/create-telegram-channel'
import { drainLane } from '@/notifications/deliveries/drain-lane'
import { createTestOutbox } from '@/notifications/testing'
import { bargainsBot } from './bot'
import { matches } from './matches/table'
import { bargainsMessages } from './messages'
import { BIKES, openTestMarket, scanAll } from './testing-market'
import { watches } from './watches/table'

const test = openTestDatabase()
const market = openTestMarket(test)
let end: AbortController
let polling: Promise<unknown>

beforeEach(async () => {
  // The world gives its first user the same id after every reset: nobody is linked from the test before.
  await withSystem(test.db, 'test', async (tx) => {
    await tx.delete(telegramAccounts)
    await tx.delete(channels)
  })
  end = new AbortController()
  const { token, origin: apiRoot } = market.world.telegram
  const deps = createTestDeps(test.db, market.deps.clock)
  polling = startPolling({ token, apiRoot, deps, features: [bargainsBot], signal: end.signal })
})
afterEach(async () => {
  end.abort()
  await polling
})

type Heard = { readonly text: string; readonly buttons: readonly (readonly { readonly text: string }[])[] }

function heard(chatId: number, words: string) {
  return market.world.telegram.waitForMessage(chatId, (message: Heard) => message.text.includes(words))
}

async function linked(name: string) {
  const workspace = await createTestWorkspace(test.db)
  const user = market.world.telegram.user(name)
  const { telegram } = market.world
  user.follow((await workspace.run((ctx) => startTelegramLink(ctx, telegram.bot.username), market.deps.clock())).url)
  await heard(user.id, 'Connected')
  return { workspace, user }
}

/** Sends what waits to the chats, as the delivery job does. */
async function deliver({ workspaceId }: TestWorkspace): Promise<void> {
  const { token, origin: apiRoot } = market.world.telegram
  const telegram = createTelegramChannel({ token, apiRoot })
  const outbox = createTestOutbox(test.db, () => Promise.reject(new Error('unused')), market.deps.clock)
  const say = (kind: string) => bargainsMessages[kind] ?? outbox.outlets.say(kind)
  const deps = { ...outbox, outlets: { ...outbox.outlets, say, channel: async () => telegram } }
  await drainLane(deps, { workspaceId, kind: 'telegram' })
}

const watchRows = (mine: TestWorkspace) => mine.run((ctx) => ctx.db.select().from(watches))
/** Under the alert about the bicycle, once they are so. */
function buttons(chatId: number, words: readonly string[]) {
  const labels = ({ buttons }: Heard) => buttons.flat().map((button) => button.text)
  const so = (message: Heard) => isBike(message) && labels(message).join() === words.join()
  return market.world.telegram.waitForMessage(chatId, so)
}

const isBike = (message: Heard) => message.text.includes('Rower Gazelle')

describe('watches in the chat', () => {
  it('a pasted link becomes a watch that tells this chat: photo, price, place, buttons', async () => {
    const { workspace, user } = await linked('Ola')
    market.world.market.seedMarket(3, { matching: BIKES })
    user.say(`Zobacz ${BIKES}`)
    await heard(user.id, 'Rowery Krakow is watched from now on')
    await scanAll(market.deps)
    await deliver(workspace)
    await heard(user.id, '3 adverts already there')
    market.world.market.publish({ matching: BIKES, title: 'Rower Gazelle', price: 650, district: 'Podgórze' })
    await market.pass(12)
    await deliver(workspace)
    const message = await market.world.telegram.waitForMessage(user.id, isBike)
    expect(message.text).toMatch(/650.zł[\s\S]*Kraków, Podgórze · listed/)
    expect(message.buttons.flat().map((button) => button.text)).toEqual(['Open', '★', 'Ignore', 'Pause watch'])
    expect(message.photo).not.toBeNull()
  })

  it('a star, an ignore and a pause are done where they are tapped', async () => {
    const { workspace, user } = await linked('Ola')
    user.say(BIKES)
    await heard(user.id, 'is watched')
    await scanAll(market.deps)
    market.world.market.publish({ matching: BIKES, title: 'Rower Gazelle', price: 650 })
    await market.pass(12)
    await deliver(workspace)
    await market.world.telegram.waitForMessage(user.id, isBike)
    const state = () => workspace.run(async (ctx) => (await ctx.db.select().from(matches))[0]?.state)
    expect(await user.tap(isBike, '★')).toMatchObject({ text: 'Starred.' })
    expect(await state()).toBe('favourite')
    await buttons(user.id, ['Open', 'Remove ★', 'Ignore', 'Pause watch'])
    expect(await user.tap(isBike, '★')).toMatchObject({ text: 'The star is off.' })
    await user.tap(isBike, 'Ignore')
    expect(await state()).toBe('ignored')
    await buttons(user.id, ['Open', '★', 'Stop ignoring', 'Pause watch'])
    expect(await user.tap(isBike, 'Pause')).toMatchObject({ text: 'Rowery Krakow is paused.' })
    expect((await watchRows(workspace))[0]?.pausedAt).not.toBeNull()
    await buttons(user.id, ['Open', '★', 'Stop ignoring', 'Resume watch'])
    expect(await user.tap(isBike, 'Resume')).toMatchObject({ text: 'Rowery Krakow runs again.' })
    expect((await watchRows(workspace))[0]?.pausedAt).toBeNull()
    await buttons(user.id, ['Open', '★', 'Stop ignoring', 'Pause watch'])
  })

  it('the list shows every watch, and each can be paused, deleted and brought back', async () => {
    const { workspace, user } = await linked('Ola')
    user.say(BIKES)
    await heard(user.id, 'is watched')
    user.say('/watches')
    const list = (message: Heard) => message.text.startsWith('One watch')
    await market.world.telegram.waitForMessage(user.id, list)
    await user.tap(list, 'Rowery Krakow')
    const shown = (message: Heard) => message.text.startsWith('Rowery Krakow\n')
    await market.world.telegram.waitForMessage(user.id, shown)
    await user.tap(shown, 'Pause')
    expect((await watchRows(workspace))[0]?.pausedAt).not.toBeNull()
    await user.tap(shown, 'Delete')
    const deleted = (message: Heard) => message.text.includes('is deleted')
    await market.world.telegram.waitForMessage(user.id, deleted)
    expect((await watchRows(workspace))[0]?.deletedAt).not.toBeNull()
    await user.tap(deleted, 'Undo')
    expect((await watchRows(workspace))[0]?.deletedAt).toBeNull()
  })

  it('what cannot be watched is said, and makes nothing', async () => {
    const { workspace, user } = await linked('Ola')
    user.say('https://www.example.com/shop')
    await heard(user.id, 'Gleaner looks at a page of www.example.com before it watches it')
    user.say('http://192.168.1.1/')
    await heard(user.id, 'does not open this address')
    user.say('https://www.olx.pl/d/oferta/rower-CID767-ID1abcD.html')
    await heard(user.id, 'This is one advert at OLX.pl')
    user.say(`${BIKES}?q=${'x'.repeat(2048)}`)
    await heard(user.id, 'This link is too long')
    user.say(Array.from({ length: 21 }, (_, at) => `${BIKES}?page=${at}`).join(' '))
    await heard(user.id, 'A watch has at most 20 searches')
    expect(await watchRows(workspace)).toEqual([])
  })

  it('a stranger’s link makes nothing', async () => {
    const eve = market.world.telegram.user('Eve')
    eve.start()
    eve.say(BIKES)
    await heard(eve.id, 'not connected')
  })
})
