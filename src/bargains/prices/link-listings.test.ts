import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { createTestWorkspace } from '@/accounts/testing'
import { withSystem } from '@/db/scope'
import { openTestDatabase } from '@/db/testing'
import { newId } from '@/kernel/ids'
import { listings } from '../listings/table'
import { createWatch } from '../watches/create-watch'
import { newWatchSchema } from '../watches/schema'
import { findEarlier, findLadders, findOthers } from './find-ladders'
import { linkListings } from './link-listings'
import { linkRecent } from './link-recent'
import { titleKey } from './rules-reposts'
import { setLink } from './set-link'
import { listingLinks, listingTitles } from './table'

const database = openTestDatabase()
const NOW = new Date('2026-03-01T12:00:00Z')
const ago = (days: number) => new Date(NOW.getTime() - days * 86_400_000)

type Made = Partial<typeof listings.$inferInsert> & { readonly from: number; readonly to: number }

/** An advert that was there from so many days ago until so many days ago. */
async function createAdvert({ from, to, ...change }: Made): Promise<string> {
  const id = newId()
  const advert = { id, source: 'olx', externalId: id, url: `https://www.olx.pl/${id}`, sellerId: 'seller-1' }
  const price = { priceKind: 'fixed' as const, amount: 190_000n, currency: 'PLN' }
  const seen = { firstSeenAt: ago(from), lastSeenAt: ago(to) }
  const title = 'Rower miejski Gazelle, damka 28 cali'
  const row = { ...advert, ...price, ...seen, title, ...change }
  await database.db.insert(listings).values(row)
  await database.db.insert(listingTitles).values({ listingId: id, title: titleKey(row.title) })
  return id
}

const link = (...ids: readonly string[]) => withSystem(database.db, 'test', (tx) => linkListings(tx, ids, NOW))
const linksOf = (id: string) => database.db.select().from(listingLinks).where(eq(listingLinks.listingId, id))

test('each advert repeats the one before it, and the ladder says how often and how long', async () => {
  const title = 'Kajak dwuosobowy z wiosłami'
  const first = await createAdvert({ title, from: 41, to: 30, amount: 220_000n })
  const second = await createAdvert({ title, from: 28, to: 10, amount: 190_000n })
  const third = await createAdvert({ title: 'KAJAK dwuosobowy z wioslami!', from: 5, to: 0, amount: 170_000n })
  expect(await link(first, second, third)).toBe(2)
  expect(await link(first, second, third)).toBe(0)
  const workspace = await createTestWorkspace(database.db)
  const rows = await database.db.select().from(listings).where(eq(listings.id, third))
  await workspace.run(async ({ db }) => {
    expect((await findEarlier(db, [third])).map(({ listing }) => listing.id)).toEqual([second, first])
    expect((await findOthers(db, second)).map(({ listing }) => listing.id)).toEqual([third])
    const ladders = await findLadders(db, rows, NOW)
    expect(ladders.get(third)).toEqual({ times: 3, before: '190000', currency: 'PLN', days: 41 })
  })
})

test('the advert that was seen last is repeated, once, where several could be', async () => {
  const title = 'Wózek dziecięcy trzy w jednym'
  await createAdvert({ title, from: 20, to: 15 })
  const later = await createAdvert({ title, from: 12, to: 6 })
  const [one, two] = [await createAdvert({ title, from: 4, to: 0 }), await createAdvert({ title, from: 3, to: 0 })]
  await link(one)
  await link(two)
  expect((await linksOf(one)).map(({ earlierId }) => earlierId)).toEqual([later])
  expect((await linksOf(two)).map(({ earlierId }) => earlierId)).not.toContain(later)
})

test('of any page each host is a site of its own, and a thing on two sites is a twin', async () => {
  const title = 'Ekspres ciśnieniowy kolbowy'
  const page = (host: string, from: number, to: number) =>
    createAdvert({ title, source: 'any', url: `https://${host}/1`, sellerId: null, from, to })
  const there = await page('a.example', 20, 10)
  const again = await page('a.example', 5, 0)
  const other = await page('b.example', 4, 0)
  const olx = await createAdvert({ title, sellerId: null, from: 3, to: 0 })
  await link(again, other, olx)
  const kinds = async (id: string) =>
    (await linksOf(id)).map(({ kind, earlierId }) => [kind, earlierId]).sort((a, b) => (String(a) < String(b) ? -1 : 1))
  expect(await kinds(again)).toEqual([['repost', there]])
  expect((await kinds(other)).map(([kind]) => kind)).toEqual(['twin'])
  expect((await kinds(olx)).map(([kind]) => kind)).toEqual(['twin', 'twin'])
})

test('an advert that was there still is its first listing a day later, by the hourly look', async () => {
  const title = 'Zmywarka do zabudowy 45 cm'
  const first = await createAdvert({ title, from: 9, to: 2 })
  const again = await createAdvert({ title, from: 2.05, to: 1.5 })
  await link(again)
  expect(await linksOf(again)).toEqual([])
  await database.db
    .update(listings)
    .set({ lastSeenAt: ago(0.9) })
    .where(eq(listings.id, again))
  const deps = { db: database.db, clock: () => NOW } as Parameters<typeof linkRecent>[0]
  expect(await linkRecent(deps)).toBeGreaterThan(0)
  expect((await linksOf(again)).map(({ earlierId }) => earlierId)).toEqual([first])
})

test('a pair that a workspace took apart stays apart there, whatever is found later, and nowhere else', async () => {
  const [mine, theirs] = [await createTestWorkspace(database.db), await createTestWorkspace(database.db)]
  const input = newWatchSchema.parse({ name: 'Rowery', urls: ['https://www.olx.pl/sport-hobby/rowery/krakow/'] })
  const watch = await mine.run((ctx) => createWatch(ctx, input))
  const title = 'Namiot czteroosobowy tunelowy'
  const first = await createAdvert({ title, from: 20, to: 10 })
  const again = await createAdvert({ title, from: 5, to: 0 })
  await link(again)
  const pair = { listingId: again, earlierId: first }
  await expect(mine.run((ctx) => setLink(ctx, { ...pair, linked: false }))).rejects.toMatchObject({ code: 'not_found' })
  await mine.run(({ db }) =>
    db.execute(`insert into matches (id, workspace_id, watch_id, listing_id, matched_at)
      values ('${newId()}', '${mine.workspaceId}', '${watch.id}', '${again}', now())`),
  )
  await mine.run((ctx) => setLink(ctx, { ...pair, linked: false }))
  await mine.run((ctx) => setLink(ctx, { ...pair, linked: false }))
  await link(again)
  const earlierOf = (who: typeof mine) => who.run(({ db }) => findEarlier(db, [again]))
  expect(await earlierOf(mine)).toEqual([])
  expect(await earlierOf(theirs)).toHaveLength(1)
  await mine.run((ctx) => setLink(ctx, { ...pair, linked: true }))
  expect(await earlierOf(mine)).toHaveLength(1)
})
