import type { Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'
import { accessibilityFaults, call, open, setUp, signIn, widerBy } from './visitor.ts'

const OWNER = {
  ...{ name: 'Tola Today', email: 'today@example.org', password: 'four plain words here' },
  workspace: 'Today',
}
test.use({ product: 'today' })

const DAY_MS = 86_400_000
const daysAgo = (days: number) => new Date(Date.now() - days * DAY_MS).toISOString().slice(0, 10)

let pledgeId = ''

/** A pledge that is late since long, a gift that waits for thanks, a task that is due. */
async function fill(page: Page): Promise<void> {
  const person = (firstName: string) => call(page, 'contacts.create', { kind: 'person', firstName, lastName: 'Nowak' })
  const [anna, jan] = [(await person('Anna')).id, (await person('Jan')).id]
  const worth = { amount: '10000', currency: 'PLN' }
  const promise = { contactId: anna, frequency: 'monthly', startOn: daysAgo(45), ...worth }
  pledgeId = (await call(page, 'pledges.create', promise)).id
  await call(page, 'gifts.add', { contactId: jan, givenOn: daysAgo(1), method: 'transfer', ...worth })
  await call(page, 'tasks.create', { title: 'Letter to the board', dueOn: daysAgo(0) })
}

test.describe
  .serial('the morning', () => {
    test.setTimeout(120_000)

    test('shows whom to turn to, and what is done there shows at once and can be taken back', async ({ page, app }) => {
      await setUp(page, app, OWNER)
      const workspace = { name: 'Today', currency: 'PLN', timeZone: 'Europe/Warsaw', locale: 'en', fiscalYearStart: 1 }
      await call(page, 'accounts.updateWorkspace', { ...workspace, bargains: true, giving: true })
      await fill(page)
      await open(page, '/today')
      const anna = page.getByRole('listitem').filter({ hasText: 'Anna Nowak' })
      await anna.getByRole('button', { name: 'Called' }).click()
      await expect(anna.getByText('Spoken to today')).toBeVisible()
      await page.getByRole('button', { name: 'Undo' }).click()
      await expect(anna.getByText('Spoken to today')).toBeHidden()
      await anna.getByRole('button', { name: 'Remind me in 3 days' }).click()
      await expect(anna.getByText(/^Task for /)).toBeVisible()
      await page.getByRole('button', { name: 'Thanked' }).click()
      await expect(page.getByRole('link', { name: /To thank/ })).toBeHidden()
      await page.getByRole('button', { name: 'Done', exact: true }).click()
      await expect(page.getByText('Letter to the board')).toBeHidden()
    })

    test('sets the goal where Today leads, and previews the week', async ({ page, app }) => {
      await signIn(page, app, OWNER)
      await open(page, '/today')
      await page.getByRole('link', { name: 'Set the goal' }).click()
      await expect(page).toHaveURL(/\/settings\/care$/)
      await page.getByLabel('Monthly goal, PLN').fill('twelve')
      await page.getByRole('button', { name: 'Save' }).click()
      await expect(page.getByText('This is no amount.')).toBeVisible()
      await page.getByLabel('Monthly goal, PLN').fill('400')
      await page.getByRole('button', { name: 'Save' }).click()
      await expect(page.getByText('Saved')).toBeVisible()
      await page.getByLabel('Birthdays').click()
      await page.getByRole('button', { name: 'Preview' }).click()
      await expect(page.frameLocator('iframe').getByRole('heading', { level: 1 })).toBeVisible()
      expect(await widerBy(page)).toBeLessThanOrEqual(0)
      // Nothing runs in the letter's frame, axe neither.
      await page.getByRole('radio', { name: 'Text' }).check()
      await expect(page.getByText('Late pledges', { exact: false }).last()).toBeVisible()
      // What the phone's bar covers halfway counts as too small.
      await page.evaluate(() => window.scrollTo(0, 0))
      expect(await accessibilityFaults(page)).toEqual([])
      await open(page, '/settings/care')
      await expect(page.getByLabel('Birthdays')).not.toBeChecked()
      await open(page, '/today')
      await expect(page.getByText(/^Goal/)).toBeVisible()
    })

    test('a pledge says why its alert was or was not sent', async ({ page, app }) => {
      await signIn(page, app, OWNER)
      await open(page, `/pledges/${pledgeId}`)
      await expect(page.getByText(/told at the next daily check|told, last on/).first()).toBeVisible()
    })

    test('Today, contacts and gifts are at hand, and New makes what the page is about', async ({ page, app }) => {
      await signIn(page, app, OWNER)
      await open(page, '/contacts')
      const bar = page.getByRole('navigation', { name: 'Main' })
      for (const name of ['Today', 'Contacts', 'Gifts', 'Watches']) {
        await expect(bar.getByRole('link', { name, exact: true })).toBeVisible()
      }
      await expect(page.getByRole('link', { name: 'New contact' })).toHaveCount(1)
      await expect(page.getByRole('link', { name: 'New watch' })).toHaveCount(0)
      await open(page, '/watches')
      await expect(page.getByRole('link', { name: 'New watch' }).first()).toBeVisible()
    })
  })
