import { askOnce } from '@/db/ask-once'
import { databaseUrl } from './app.ts'
import { eventually } from './desk.ts'
import { expect, test } from './fixtures.ts'
import { accessibilityFaults, call, hearFaults, open, setUp, signIn, widerBy } from './visitor.ts'

const OWNER = { name: 'Ola Owner', email: 'ola@example.org', password: 'four plain words here', workspace: 'Sources' }
const BIKES = 'https://www.olx.pl/sport-hobby/rowery/krakow/'
const REASON = 'Their support agreed on 3 November'

test.use({ product: 'sources' })

/** One product, on which each test goes on where the last one stopped. */
test.describe
  .serial('a site that asks programs to keep out', () => {
    test.setTimeout(150_000)
    let watchId = ''

    test('is not read, and the page of sources says why', async ({ page, app, world }) => {
      world.market.setRobots('olx.pl', 'User-agent: *\nDisallow: /sport-hobby/\n')
      world.market.seedMarket(6, { matching: BIKES })
      await setUp(page, app, OWNER)
      const made = await call(page, 'watches.create', { name: 'Bikes', urls: [BIKES], interval: 1 })
      watchId = made.id
      await open(page, '/sources')
      await expect(page.getByText('forbidden by robots.txt', { exact: true })).toBeVisible({ timeout: 60_000 })
      await expect(page.getByText(/Its robots.txt forbids searches of yours/)).toBeVisible()
      expect(pagesAsked(world)).toEqual([])
      expect([await accessibilityFaults(page), await widerBy(page)]).toEqual([[], 0])
    })

    test('is read once its owner says why it may, and no longer when they take it back', async ({
      page,
      app,
      world,
    }) => {
      const faults = hearFaults(page)
      await signIn(page, app, OWNER)
      await open(page, '/sources')
      await page.getByRole('button', { name: 'Read it all the same' }).click()
      const dialog = page.getByRole('dialog')
      await dialog.getByRole('button', { name: 'Read it all the same' }).click()
      await expect(dialog.getByText('Write why, in a few words.')).toBeVisible()
      await dialog.getByLabel('Reason').fill(REASON)
      await dialog.getByRole('button', { name: 'Read it all the same' }).click()
      await expect(page.getByText(REASON)).toBeVisible()
      await expect(page.getByText(/Ola Owner decided/)).toBeVisible()
      await eventually('the search is read', () => pagesAsked(world).length > 0, 60_000)
      await expect(page.getByText('answers', { exact: true })).toBeVisible({ timeout: 30_000 })

      await page.getByRole('button', { name: 'Obey robots.txt again' }).click()
      await expect(page.getByText('forbidden by robots.txt', { exact: true })).toBeVisible({ timeout: 90_000 })
      expect(faults).toEqual([])
    })

    test('may be read by a browser alone, as its watch says', async ({ page, app, world }) => {
      world.market.setRobots('olx.pl', null)
      await signIn(page, app, OWNER)
      await call(page, 'sources.overrideRobots', { host: 'www.olx.pl', reason: REASON })
      await open(page, `/watches/${watchId}?tab=filter`)
      const before = pagesAsked(world).length
      await page.getByRole('combobox', { name: /is read$/ }).selectOption({ label: 'Only a browser' })
      await expect(page.getByText('Read from now on: Only a browser')).toBeVisible()
      const byBrowser = () =>
        pagesAsked(world)
          .slice(before)
          .some((agent) => /HeadlessChrome/.test(agent))
      await eventually('the browser reads it', byBrowser, 90_000)
      await expect(page.getByText(/^Browser: read/)).toBeVisible({ timeout: 30_000 })
      expect([await accessibilityFaults(page), await widerBy(page)]).toEqual([[], 0])
    })

    test('is looked at by a browser, too, before another search of it is watched', async ({ page, app, world }) => {
      await signIn(page, app, OWNER)
      const resting = { refusals: 3, restsUntil: Date.parse('2100-01-01'), okAt: null, verdict: 'blocked', at: 0 }
      const ways = JSON.stringify({ plain: resting, api: resting })
      await askOnce(databaseUrl(app), `update hosts set ways = '${ways}' where host = 'www.olx.pl'`)
      const seen: unknown = await call(page, 'watches.preview', { text: `${BIKES}q-rower/` })
      expect(seen).toMatchObject({ searches: [{ page: { verdict: expect.stringMatching(/ok|empty/) } }] })
      const agents = pagesAsked(world, '/sport-hobby/rowery/krakow/q-rower/')
      expect(agents).toEqual([expect.stringMatching(/HeadlessChrome/)])
    })
  })

type Asked = { readonly path: string; readonly headers: Readonly<Record<string, string>> }

/** By whom pages below a path were asked for, in order. */
function pagesAsked({ market }: { market: { requests: readonly Asked[] } }, below = '/sport-hobby/') {
  return market.requests.flatMap(({ path, headers }) => (path.startsWith(below) ? [headers['user-agent'] ?? ''] : []))
}
