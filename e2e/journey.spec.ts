import { join } from 'node:path'
import type { Page, TestInfo } from '@playwright/test'
import { askOnce } from '@/db/ask-once'
import { type App, databaseUrl } from './app.ts'
import { eventually } from './desk.ts'
import { expect, test } from './fixtures.ts'
import type { World } from './world/world.ts'

const SEARCH = 'https://www.olx.pl/sport-hobby/rowery/krakow/q-rower/'
const OWNER = { name: 'Ola Owner', email: 'ola@example.org', password: 'four plain words here' }

const RECOVERED = /answers again/

/** The advert that the journey is about. */
let advertId = ''

/** The main journey, step by step on one product: each test goes on where the last one stopped. */
test.describe
  .serial('from an empty folder to the right advert', () => {
    test.setTimeout(150_000)

    test('the set-up code makes the owner', async ({ page, app }, info) => {
      await page.goto('/')
      await expect(page).toHaveURL(/\/setup$/)
      await page.getByLabel('Set-up code').fill('WRONG-CODE')
      await fillOwner(page)
      await page.getByRole('button', { name: 'Set up' }).click()
      await expect(page.getByText(/code/i).last()).toBeVisible()
      await expect(page).toHaveURL(/\/setup$/)

      await page.getByLabel('Set-up code').fill(app.setupCode)
      await page.getByRole('button', { name: 'Set up' }).click()
      await expect(page).toHaveURL(/\/watches$/)
      await expect(page.getByText('No watches yet')).toBeVisible()
      await keepPicture(page, info, 'empty')
    })

    test('Telegram is connected by the deep link, and an address for e-mail added', async ({
      page,
      app,
      world,
    }, info) => {
      await signIn(page, app)
      await page.goto('/settings/channels')
      await page.getByRole('button', { name: 'Connect Telegram' }).first().click()
      const link = page.getByRole('dialog').getByRole('link', { name: 'Open in Telegram' })
      const href = (await link.getAttribute('href')) ?? ''
      const user = world.telegram.user('Ola')
      await user.follow(href)
      await eventually('the bot answers', () => user.messages().length > 0, 45_000)
      // By itself, as the page stands.
      await expect(page.getByRole('button', { name: 'Send test' })).toHaveCount(1)
      await expect(page.getByRole('dialog')).toHaveCount(0)

      await page.getByRole('button', { name: 'Add e-mail' }).first().click()
      await page.getByRole('dialog').getByLabel('E-mail address').fill('ola@example.org')
      await page.getByRole('dialog').getByRole('button', { name: 'Add', exact: true }).click()
      await expect(page.getByRole('button', { name: 'Send test' })).toHaveCount(2)
      await keepPicture(page, info, 'channels')
    })

    test('a used deep link says so and connects nobody', async ({ page, app, world }) => {
      await signIn(page, app)
      const stranger = world.telegram.user('Stranger')
      await stranger.start('not-a-token')
      await eventually('the stranger is told', () => stranger.messages().length > 0)
      await page.goto('/settings/channels')
      await expect(page.getByRole('button', { name: 'Send test' })).toHaveCount(2)
    })

    test('an address without a watch is not found, and says so in its status', async ({ page, app }) => {
      await signIn(page, app)
      for (const path of ['/watches/nonsense', '/watches/0190a0a0-0000-7000-8000-000000000000']) {
        expect((await page.goto(path))?.status()).toBe(404)
        await expect(page.getByText('Nothing at this address')).toBeVisible()
      }
    })

    test('what cannot be watched is refused with the reason', async ({ page, app }) => {
      await signIn(page, app)
      await page.goto('/watches/new')
      const links = page.getByLabel('Link of a search')
      for (const [text, words] of [
        ['https://printer.local/search?q=bike', /OLX/],
        ['http://127.0.0.1:8080/', /OLX/],
        ['https://www.olx.pl/d/oferta/rower-miejski-CID767-ID15zZzZ.html', /one advert|search/i],
      ] as const) {
        await links.fill(text)
        await expect(page.getByText(words).last()).toBeVisible()
      }
    })

    test('a pasted search is previewed, saved, and its first run told in one message', async ({
      page,
      app,
      world,
    }, info) => {
      for (let n = 1; n <= 5; n++) world.market.publish({ matching: SEARCH, price: 700 + n * 10 })
      await signIn(page, app)
      await page.goto('/watches/new')
      await page.getByLabel('Link of a search').fill(SEARCH)
      await expect(page.getByText(/5 adverts, cheapest/)).toBeVisible()
      await keepPicture(page, info, 'preview')
      await page.getByLabel('Name', { exact: true }).fill('City bikes')
      await page.getByRole('checkbox').first().waitFor()
      for (const box of await page.getByRole('checkbox', { name: /Ola|ola@example.org/ }).all()) await box.check()
      await page.getByRole('button', { name: 'Save watch' }).click()
      await expect(page.getByText('City bikes').first()).toBeVisible()
      await world.telegram.waitForMessage(chatOf(world), (message) => message.text.includes('5'), 20_000)
      await world.mail.waitFor((mail) => /City bikes|5/.test(mail.subject ?? ''), 20_000)
    })

    test('a new advert reaches Telegram with its photo, the inbox, and the open page', async ({
      page,
      app,
      world,
    }, info) => {
      await openWatch(page, app)
      advertId = world.market.publish({ matching: SEARCH, title: 'Rower Gazelle z koszem', price: 650 }).id
      await scanNow(page)
      const message = await world.telegram.waitForMessage(chatOf(world), (one) => one.text.includes('Gazelle'), 20_000)
      expect(message.photo).not.toBeNull()
      expect(message.text).toContain('650')
      await expect(page.getByText('Rower Gazelle z koszem').first()).toBeVisible()
      const mail = await world.mail.waitFor((one) => (one.text ?? '').includes('Gazelle'), 20_000)
      expect(mail.html).toContain('650')
      await keepPicture(page, info, 'new-advert')
    })

    test('a price drop is told once, with the old price', async ({ page, app, world }, info) => {
      await openWatch(page, app)
      world.market.reprice(advertId, 520)
      await scanNow(page)
      const dropped = await world.telegram.waitForMessage(chatOf(world), (one) => one.text.includes('520'), 20_000)
      expect(dropped.text).toContain('650')
      await scanNow(page)
      await expect(page.getByText(/520/).first()).toBeVisible()
      expect(world.telegram.messages(chatOf(world)).filter((one) => one.text.includes('520'))).toHaveLength(1)
      await keepPicture(page, info, 'price-drop')
    })

    test('a tap on Favourite in Telegram is seen on the page', async ({ page, app, world }) => {
      await openWatch(page, app)
      const user = world.telegram.user('Ola')
      await user.tap((one) => one.text.includes('520'), '★')
      await expect(page.getByRole('button', { name: /favourite/i, pressed: true }).first()).toBeVisible()
    })

    test('a refusing site is shown and told once, closes nothing, and its recovery is told', async ({
      page,
      app,
      world,
    }, info) => {
      await openWatch(page, app)
      const before = await page.getByRole('row').count()
      world.market.setMode('olx.pl', { kind: 'rate', retryAfter: 3 })
      await scanNow(page)
      await expect(page.getByText(/refuses our requests/).first()).toBeVisible({ timeout: 20_000 })
      const told = await world.telegram.waitForMessage(chatOf(world), (one) => /refuses/.test(one.text), 20_000)
      expect(told.text).toContain('OLX')
      expect(await page.getByRole('row').count()).toBe(before)
      await keepPicture(page, info, 'blocked')

      world.market.setMode('olx.pl', 'ok')
      await letHoursPass(app)
      await expect(page.getByText(/^Read /).first()).toBeVisible({ timeout: 75_000 })
      await world.telegram.waitForMessage(chatOf(world), (one) => RECOVERED.test(one.text), 20_000)
      expect(world.telegram.messages(chatOf(world)).filter((one) => /refuses/.test(one.text))).toHaveLength(1)
    })
  })

async function fillOwner(page: Page): Promise<void> {
  await page.getByLabel('Name', { exact: true }).fill(OWNER.name)
  await page.getByLabel('E-mail address').fill(OWNER.email)
  await page.getByLabel('Password', { exact: true }).fill(OWNER.password)
  await page.getByLabel('Name of the workspace').fill('Kitchen table')
}

async function signIn(page: Page, app: App): Promise<void> {
  await page.goto(`${app.url}/sign-in`)
  await page.getByLabel('E-mail address').fill(OWNER.email)
  await page.getByLabel('Password', { exact: true }).fill(OWNER.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page).toHaveURL(/\/watches$/)
}

async function openWatch(page: Page, app: App): Promise<void> {
  await signIn(page, app)
  await page.getByRole('link', { name: 'City bikes' }).first().click()
  await expect(page.getByRole('heading', { name: 'City bikes' })).toBeVisible()
}

/** Presses the button until a read has come of it: seconds after the last read it is refused. */
async function scanNow(page: Page): Promise<void> {
  await expect(async () => {
    await page.getByRole('button', { name: 'Scan now' }).first().click({ timeout: 2000 })
    await expect(page.getByText(/City bikes (was read|could not be read)/).first()).toBeVisible({ timeout: 9000 })
  }).toPass({ intervals: [3000], timeout: 60_000 })
}

/** What waiting would do: a site that refused is asked again after an hour, by the scan of the next minute. */
async function letHoursPass(app: App): Promise<void> {
  await askOnce(
    databaseUrl(app),
    'update searches set due_at = now(); update hosts set closed_until = null, failures = 0',
  )
}

function chatOf(world: World): number {
  return world.telegram.user('Ola').chatId
}

/** Kept as an artefact, in both themes. */
async function keepPicture(page: Page, info: TestInfo, name: string): Promise<void> {
  for (const theme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: theme })
    const path = join('artefacts', 'screenshots', `${name}-${info.project.name}-${theme}.png`)
    await page.screenshot({ path, fullPage: true })
  }
  await page.emulateMedia({ colorScheme: 'light' })
}
