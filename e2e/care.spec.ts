import type { Page } from '@playwright/test'
import { addDays, addMonths, momentOf, mondayOf, todayIn } from '@/kernel/dates'
import { type App, runGleaner } from './app.ts'
import { eventually } from './desk.ts'
import { expect, test } from './fixtures.ts'
import { accessibilityFaults, call, open, setUp, signIn, widerBy } from './visitor.ts'
import type { World } from './world/world.ts'

test.use({ product: 'care' })

const OWNER = {
  ...{ name: 'Cela Care', email: 'care@example.org', password: 'four plain words here' },
  workspace: 'Care',
}
const ZONE = 'Europe/Warsaw'
const TODAY = todayIn(ZONE, new Date())
/** The last 31 January, and how many instalments have been due since; two of them at least are paid. */
const START = `${Number(TODAY.slice(0, 4)) - (TODAY.slice(5) < '01-31' ? 1 : 0)}-01-31`
const DUE = Array.from({ length: 12 }, (_, month) => addMonths(START, month)).filter((day) => day <= TODAY).length
const PAID = Math.max(DUE, 2)
/** What is due next, and when it is late: ten days of grace. By the clock on the wall nothing is. */
const LATE_ON = addDays(addMonths(START, PAID), 11)
/** So many days after the start, and not after today, for a gift cannot be of tomorrow. */
const dayAfterStart = (days: number) => [addDays(START, days), TODAY].toSorted()[0]

const chatOf = (world: World) => world.telegram.user('Cela')
const isLate = ({ text }: { text: string }) => text.includes('days late')
const late = (world: World) => world.telegram.messages(chatOf(world).chatId).filter(isLate)
const lateLetters = (world: World, name: string) =>
  world.mail.to(OWNER.email).filter(({ subject }) => subject.startsWith(`${name}: pledge`))

/** `gleaner jobs run NAME --now …`, at that hour of Warsaw; what it began for the workspace has ended, too. */
async function runAt(app: App, job: string, day: string, hour: number): Promise<void> {
  const before = await endedOf(app, `${job}-due`)
  const now = momentOf(day, hour, ZONE).toISOString()
  const { output } = await runGleaner<{ output: { workspaces: number } }>(app, ['jobs', 'run', job, '--now', now])
  await eventually(
    `what ${job} began ends`,
    async () => (await endedOf(app, `${job}-due`)) === before + output.workspaces,
  )
}

async function endedOf(app: App, job: string): Promise<number> {
  const list = ['jobs', 'list', '--state', 'completed', '--function', job, '--limit', '100']
  return (await runGleaner<readonly unknown[]>(app, list)).length
}

const check = (app: App, day: string) => runAt(app, 'check-care', day, 6)

/** One gift, by the keyboard. */
async function enterGift(page: Page, contactId: string, amount: string, date = TODAY): Promise<void> {
  await open(page, `/gifts/new?contact=${contactId}`)
  await page.getByLabel('Amount').fill(amount)
  await page.getByLabel('Date').fill(date)
  await page.getByLabel('Amount').press('Enter')
  await expect(page.getByRole('region', { name: 'Entered here' })).toContainText('saved')
}

/** What the contact's timeline says, line by line. */
function timeline(page: Page) {
  return page.getByRole('main').getByRole('listitem')
}

async function makeHousehold(page: Page, name: string): Promise<string> {
  const points = [{ kind: 'phone', value: '600 100 200', primary: true }]
  const { id } = await call(page, 'contacts.create', { kind: 'household', name, points })
  return id
}

/** 100 zł a month from 31 January. */
async function promise(page: Page, contactId: string): Promise<string> {
  await open(page, `/pledges/new?contact=${contactId}`)
  await page.getByLabel('Starts on').fill(START)
  await page.getByLabel('Amount of one payment').fill('100')
  await page.getByRole('button', { name: 'Save pledge' }).click()
  await expect(page).toHaveURL(/\/pledges\/[\da-f-]{36}$/)
  return page.url()
}

/** The addresses behind the buttons of a letter, by what they say. */
function linkOf(text: string, label: string): string {
  const found = new RegExp(`${label}: (http\\S+/act/\\S+)`).exec(text)?.[1]
  if (!found) throw new Error(`no link "${label}" in:\n${text}`)
  return found
}

test.describe
  .serial('care', () => {
    test.setTimeout(240_000)
    let contactId = ''
    let otherId = ''

    test('Telegram and a mailbox are connected', async ({ page, app, world }) => {
      await setUp(page, app, OWNER)
      const workspace = { name: 'Care', currency: 'PLN', timeZone: ZONE, locale: 'en', fiscalYearStart: 1 }
      await call(page, 'accounts.updateWorkspace', { ...workspace, bargains: true, giving: true })
      await open(page, '/settings/channels')
      await page.getByRole('button', { name: 'Connect Telegram' }).first().click()
      const link = page.getByRole('dialog').getByRole('link', { name: 'Open in Telegram' })
      chatOf(world).follow((await link.getAttribute('href')) ?? '')
      await expect(page.getByRole('button', { name: 'Send test' })).toHaveCount(1, { timeout: 45_000 })
      await page.getByRole('button', { name: 'Add e-mail' }).first().click()
      await page.getByRole('dialog').getByLabel('E-mail address').fill(OWNER.email)
      await page.getByRole('dialog').getByRole('button', { name: 'Add', exact: true }).click()
      await expect(page.getByRole('button', { name: 'Send test' })).toHaveCount(2)
      // Else the check of this very day comes in the midst of what follows.
      await check(app, TODAY)
    })

    test('a pledge of 100 zł from 31 January, three gifts and a refund are right on every page', async ({
      page,
      app,
    }) => {
      await signIn(page, app, OWNER)
      contactId = await makeHousehold(page, 'Kowalscy')
      const pledge = await promise(page, contactId)
      const paid = page.getByRole('table', { name: 'Instalments' }).getByText('paid', { exact: true })
      await enterGift(page, contactId, '40', dayAfterStart(2))
      await enterGift(page, contactId, '200,00', dayAfterStart(29))
      await enterGift(page, contactId, '60', dayAfterStart(60))
      await open(page, pledge)
      await expect(paid).toHaveCount(3)
      await open(page, '/gifts')
      await page.getByRole('row').filter({ hasText: '200' }).getByRole('button', { name: 'Kowalscy' }).click()
      await page.getByRole('button', { name: 'Refund', exact: true }).click()
      await page.getByRole('dialog').getByLabel('Amount').last().fill('100')
      await page.getByRole('button', { name: 'Refund', exact: true }).last().click()
      await expect(page.getByText('Refund saved')).toBeVisible()
      await open(page, pledge)
      await expect(paid).toHaveCount(2)
      if (PAID > 2) await enterGift(page, contactId, String((PAID - 2) * 100))
      await open(page, pledge)
      await expect(paid).toHaveCount(PAID)
      await open(page, `/contacts/${contactId}`)
      for (const line of ['Pledge made', 'Gift of', 'Refund of']) {
        await expect(timeline(page).filter({ hasText: line }).first()).toBeVisible()
      }
    })

    test('after the days of grace it is told once, by letter and in Telegram', async ({ page, app, world }) => {
      await signIn(page, app, OWNER)
      await check(app, addDays(LATE_ON, -1))
      expect(late(world)).toHaveLength(0)
      for (const _again of [1, 2]) await check(app, LATE_ON)
      await eventually('both were told', () => late(world).length > 0 && lateLetters(world, 'Kowalscy').length > 0)
      await check(app, addDays(LATE_ON, 1))
      expect(late(world).map(({ text }) => text)).toEqual([
        expect.stringMatching(/Kowalscy[\s\S]*100[\s\S]*11 days late/),
      ])
      expect(late(world)[0]?.text).toContain('600 100 200')
      const [letter, ...others] = lateLetters(world, 'Kowalscy')
      expect(others).toEqual([])
      expect(letter?.subject).toBe('Kowalscy: pledge 11 days late')
      expect(letter?.html).toContain('11 days late')
      expect(letter?.text).toContain('600 100 200')
      await open(page, `/contacts/${contactId}`)
      await expect(timeline(page).filter({ hasText: 'Told: the pledge is late' })).toHaveCount(1)
    })

    test('“Called”, tapped twice in Telegram, is one call on the timeline', async ({ page, app, world }) => {
      await signIn(page, app, OWNER)
      const user = chatOf(world)
      expect(await user.tap(isLate, 'Called')).toMatchObject({ text: 'Call with Kowalscy logged', alert: false })
      await eventually('the button says so', () => labelsOf(world).includes('✓ Called'))
      expect(await user.tap(isLate, 'Called')).toMatchObject({ text: 'This was done already.' })
      expect(await user.tap(isLate, 'Remind me')).toMatchObject({ text: 'Task set: call Kowalscy in 3 days' })
      await open(page, `/contacts/${contactId}`)
      await expect(timeline(page).filter({ hasText: /^Call/ })).toHaveCount(1)
      await expect(timeline(page).filter({ hasText: 'Task: Call Kowalscy' })).toHaveCount(1)
      await open(page, '/tasks')
      await expect(page.getByText('Call Kowalscy').first()).toBeVisible()
    })

    test('the gift that comes resolves it, and the message in the chat says so', async ({ page, app, world }) => {
      await signIn(page, app, OWNER)
      await enterGift(page, contactId, '100')
      const said = await world.telegram.waitForMessage(
        chatOf(world).chatId,
        ({ text }) => text.includes('A gift came on'),
        30_000,
      )
      expect(said.text).toMatch(/Kowalscy[\s\S]*100 zł\. Nothing is left to do\./)
      expect(said.buttons.flat().map(({ text }) => text)).not.toContain('Pause pledge')
      expect(late(world)).toHaveLength(0)
      await open(page, `/contacts/${contactId}`)
      await expect(timeline(page).filter({ hasText: 'Told: the pledge is late. It is over' })).toHaveCount(1)
      await check(app, addDays(LATE_ON, 2))
      expect(late(world)).toHaveLength(0)
    })

    test('a letter’s link does nothing when opened, its thing once when confirmed, and then says so', async ({
      page,
      app,
      world,
      browser,
    }) => {
      await signIn(page, app, OWNER)
      otherId = await makeHousehold(page, 'Nowakowie')
      await promise(page, otherId)
      await check(app, addDays(LATE_ON, 3))
      await eventually('the letter is there', () => lateLetters(world, 'Nowakowie').length === 1)
      const link = linkOf(lateLetters(world, 'Nowakowie')[0]?.text ?? '', 'Called')
      // A mail program’s browser has no session of ours.
      const reader = await (await browser.newContext({ viewport: page.viewportSize() })).newPage()
      for (const _again of [1, 2]) {
        await reader.goto(link)
        await expect(reader.getByText('Log a call with Nowakowie?')).toBeVisible()
      }
      expect(await accessibilityFaults(reader)).toEqual([])
      expect(await widerBy(reader)).toBeLessThanOrEqual(0)
      await open(page, `/contacts/${otherId}`)
      await expect(timeline(page).filter({ hasText: 'Told: the pledge is late' })).toHaveCount(1)
      await expect(timeline(page).filter({ hasText: /^Call/ })).toHaveCount(0)
      await reader.getByRole('button', { name: 'Yes, do it' }).click()
      await expect(reader.getByText('This link was used.')).toBeVisible()
      await reader.goto(link)
      await expect(reader.getByText('This link was used.')).toBeVisible()
      expect((await reader.request.post(link.replace('/act/', '/api/act/'))).ok()).toBe(true)
      await expect(timeline(page).filter({ hasText: /^Call/ })).toHaveCount(1)
      await reader.goto(`${link}x`)
      await expect(reader.getByText('This link is not whole.')).toBeVisible()
      await reader.context().close()
    })

    test('“Pause pledge” ends the alert, and nobody is asked in the pause', async ({ page, app, world }) => {
      const user = chatOf(world)
      const nowakowie = ({ text }: { text: string }) => text.includes('Nowakowie') && text.includes('days late')
      expect(await user.tap(nowakowie, 'Pause pledge')).toMatchObject({ text: expect.stringContaining('paused') })
      const asked = () => late(world).filter(nowakowie)
      await eventually('the message says that it is over', () => asked().length === 0, 30_000)
      await check(app, addDays(LATE_ON, 40))
      expect(asked()).toHaveLength(0)
      await signIn(page, app, OWNER)
      await open(page, `/contacts/${otherId}`)
      await expect(timeline(page).filter({ hasText: 'Pledge paused' })).toHaveCount(1)
    })

    test('a reminder of a task comes by itself when its time has come, and “Done” makes the next one', async ({
      page,
      app,
      world,
    }) => {
      await signIn(page, app, OWNER)
      const remindAt = new Date(Date.now() + 3000).toISOString()
      await call(page, 'tasks.create', { title: 'Write to the bishop', dueOn: TODAY, remindAt, repeat: 'weekly' })
      const isTask = ({ text }: { text: string }) => text.includes('Write to the bishop')
      await world.telegram.waitForMessage(chatOf(world).chatId, isTask, 100_000)
      await eventually('the letter is there', () =>
        world.mail.to(OWNER.email).some(({ subject }) => /bishop/.test(subject)),
      )
      expect(await chatOf(world).tap(isTask, 'Done')).toMatchObject({ text: 'Task done' })
      await open(page, '/tasks')
      await expect(page.getByRole('row').filter({ hasText: 'Write to the bishop' })).toHaveCount(1)
    })

    test('Monday’s summary comes once, as HTML and text, and one click ends it', async ({ app, world, request }) => {
      const monday = addDays(mondayOf(TODAY), 7)
      const summaries = () => world.mail.to(OWNER.email).filter(({ headers }) => headers['list-unsubscribe-post'])
      await runAt(app, 'send-weekly', monday, 7)
      expect(summaries()).toHaveLength(0)
      for (const _again of [1, 2]) await runAt(app, 'send-weekly', monday, 8)
      await eventually('the letter is there', () => summaries().length > 0)
      await runAt(app, 'send-weekly', monday, 9)
      const [letter, ...others] = summaries()
      expect(others).toEqual([])
      for (const part of [letter?.text, letter?.html]) expect(part).toContain('Kowalscy')
      expect(letter?.headers['list-unsubscribe-post']).toBe('List-Unsubscribe=One-Click')
      const stop = /<(http[^>]+)>/.exec(letter?.headers['list-unsubscribe'] ?? '')?.[1] ?? ''
      const answer = await request.post(stop, { form: { 'List-Unsubscribe': 'One-Click' }, maxRedirects: 0 })
      expect(answer.status()).toBe(200)
      await runAt(app, 'send-weekly', addDays(monday, 7), 8)
      expect(summaries()).toHaveLength(1)
    })
  })

function labelsOf(world: World): readonly string[] {
  return late(world).flatMap(({ buttons }) => buttons.flat().map(({ text }) => text))
}
