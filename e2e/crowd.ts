import { sql } from 'drizzle-orm'
import { createTestWorkspace, type TestWorkspace } from '@/accounts/testing'
import { watchChannels, watches, watchSearches } from '@/bargains/watches/table'
import type { Transaction } from '@/db/client'
import { withSystem } from '@/db/scope'
import { newId } from '@/kernel/ids'
import { addTelegramChannel, addWatch, type Desk } from './desk.ts'
import type { World } from './world/world.ts'

/**
 * 1,000 watches over 200 searches, in 20 workspaces: what must hold with many, and how quick it is. A few searches are
 * watched by dozens, many by two or three.
 */
export type Crowd = { readonly urls: readonly string[]; readonly chatIds: readonly number[] }

export const WATCHES = 1000
export const SEARCHES = 200
const WORKSPACES = 20

type Guest = { readonly workspace: TestWorkspace; readonly channelIds: readonly string[] }

export type Gathering = {
  readonly urlOf: (n: number) => string
  /** Telegram chats of each workspace; with none its watches are told to nobody. */
  readonly chats: number
}

/** The first watch of each search is made as a member makes it, the others are copies of those in bulk. */
export async function gatherCrowd(world: World, desk: Desk, { urlOf, chats }: Gathering): Promise<Crowd> {
  const chatIds: number[] = []
  const guests: Guest[] = []
  for (let n = 0; n < WORKSPACES; n++) guests.push(await welcome(world, desk, chats, chatIds))
  const urls = Array.from({ length: SEARCHES }, (_, n) => urlOf(n))
  for (const [n, url] of urls.entries()) {
    const { workspace, channelIds } = guestOf(guests, n)
    await addWatch({ ...desk, workspace }, { name: `Watch ${n}`, urls: [url], channelIds: channelFor(channelIds, n) })
  }
  await copyWatches(desk, guests, urls)
  return { urls, chatIds }
}

async function welcome(world: World, desk: Desk, chats: number, chatIds: number[]): Promise<Guest> {
  const workspace = await createTestWorkspace(desk.db)
  const channelIds: string[] = []
  for (let n = 0; n < chats; n++) {
    const user = world.telegram.user(`Guest ${chatIds.length + 1}`)
    // Opens the chat, and writes nothing that the bot would answer.
    user.unblock()
    chatIds.push(user.chatId)
    channelIds.push(await addTelegramChannel({ ...desk, workspace }, user.chatId))
  }
  return { workspace, channelIds }
}

function guestOf(guests: readonly Guest[], n: number): Guest {
  const guest = guests[n % guests.length]
  if (!guest) throw new Error('the crowd is empty')
  return guest
}

function channelFor(channelIds: readonly string[], n: number): string[] {
  return channelIds.filter((_, at) => at === Math.floor(n / WORKSPACES) % channelIds.length)
}

async function copyWatches({ db }: Desk, guests: readonly Guest[], urls: readonly string[]): Promise<void> {
  const numbers = Array.from({ length: WATCHES - SEARCHES }, (_, n) => SEARCHES + n)
  await withSystem(db, 'crowd', async (tx) => {
    const searchIds = await findSearches(tx)
    const rows = numbers.map((n) => {
      const { workspace, channelIds } = guestOf(guests, n)
      const url = urls[searchFor(n)] ?? ''
      return {
        n,
        id: newId(),
        workspace,
        url,
        searchId: searchIds.get(url) ?? '',
        channelIds: channelFor(channelIds, n),
      }
    })
    await tx.insert(watches).values(
      rows.map(({ n, id, workspace }) => ({
        ...{ id, workspaceId: workspace.workspaceId, ownerId: workspace.memberId },
        ...{ name: `Watch ${n}`, filter: { all: [] } },
      })),
    )
    await tx
      .insert(watchSearches)
      .values(
        rows.map(({ id, workspace: { workspaceId }, url, searchId }) => ({ workspaceId, watchId: id, searchId, url })),
      )
    const links = rows.flatMap(({ id, workspace: { workspaceId }, channelIds }) =>
      channelIds.map((channelId) => ({ workspaceId, watchId: id, channelId })),
    )
    if (links.length > 0) await tx.insert(watchChannels).values(links)
  })
}

/** Which search the n-th watch joins: the first ones draw most. */
function searchFor(n: number): number {
  return Math.floor(((n - SEARCHES) / (WATCHES - SEARCHES)) ** 2 * SEARCHES)
}

async function findSearches(tx: Transaction): Promise<ReadonlyMap<string, string>> {
  const rows = await tx.execute<{ url: string; id: string }>(sql`select url, search_id as id from watch_searches`)
  return new Map(rows.map(({ url, id }) => [url, id]))
}
