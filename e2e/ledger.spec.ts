import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import type { App } from './app.ts'
import { expect, test } from './fixtures.ts'
import { call, open, setUp, signIn, widerBy } from './visitor.ts'

test.use({ product: 'ledger' })

const OWNER = {
  ...{ name: 'Lena Ledger', email: 'ledger@example.org', password: 'four plain words here' },
  workspace: 'Ledger',
}

/** With the half that gives switched on, too. */
async function begin(page: Page, app: App): Promise<void> {
  await setUp(page, app, OWNER)
  const workspace = { name: 'Ledger', currency: 'PLN', timeZone: 'Europe/Warsaw', locale: 'en', fiscalYearStart: 1 }
  await call(page, 'accounts.updateWorkspace', { ...workspace, bargains: true, giving: true })
}

/** One gift, by the keyboard. */
async function enterGift(page: Page, contactId: string, amount: string, date: string): Promise<void> {
  await open(page, `/gifts/new?contact=${contactId}`)
  await page.getByLabel('Amount').fill(amount)
  await page.getByLabel('Date').fill(date)
  await page.getByLabel('Amount').press('Enter')
  await expect(page.getByRole('region', { name: 'Entered here' })).toContainText('saved')
}

test.describe
  .serial('the ledger', () => {
    test.setTimeout(180_000)
    let contactId = ''

    test('a household promises 100 zł a month from 31 January; part, double and refund show at once', async ({
      page,
      app,
    }) => {
      await begin(page, app)
      contactId = (await call(page, 'contacts.create', { kind: 'household', name: 'Kowalscy' })).id
      await open(page, `/pledges/new?contact=${contactId}`)
      await page.getByLabel('Starts on').fill('2026-01-31')
      await page.getByLabel('Ends on').fill('2026-01-30')
      await page.getByRole('button', { name: 'Save pledge' }).click()
      await expect(page.getByText('The end lies before the start.')).toBeVisible()
      await expect(page.getByText('Fill this in.')).toBeVisible()
      await page.getByLabel('Ends on').fill('')
      await page.getByLabel('Amount of one payment').fill('100')
      await page.getByRole('button', { name: 'Save pledge' }).click()
      await expect(page).toHaveURL(/\/pledges\/[\da-f-]{36}$/)
      const pledge = page.url()
      const paid = page.getByRole('table', { name: 'Instalments' }).getByText('paid', { exact: true })
      await expect(page.getByRole('heading', { name: 'Kowalscy' })).toBeVisible()

      await enterGift(page, contactId, '40', '2026-02-02')
      await enterGift(page, contactId, '200,00', '2026-03-01')
      await enterGift(page, contactId, '60', '2026-04-01')
      await open(page, pledge)
      await expect(paid).toHaveCount(3)

      await open(page, '/gifts')
      await expect(page.getByText('3 gifts')).toBeVisible()
      await page.getByRole('row').filter({ hasText: '200' }).getByRole('button', { name: 'Kowalscy' }).click()
      await page.getByRole('button', { name: 'Refund', exact: true }).click()
      await page.getByRole('dialog').getByLabel('Amount').last().fill('300')
      await page.getByRole('button', { name: 'Refund', exact: true }).last().click()
      await expect(page.getByText('This is more than is left of the gift.')).toBeVisible()
      await page.getByRole('dialog').getByLabel('Amount').last().fill('100')
      await page.getByRole('button', { name: 'Refund', exact: true }).last().click()
      await expect(page.getByText('Refund saved')).toBeVisible()
      await open(page, pledge)
      await expect(paid).toHaveCount(2)
    })

    test('a batch is saved when it adds up, and not before; every page fits and has no accessibility fault', async ({
      page,
      app,
    }) => {
      await signIn(page, app, OWNER)
      await open(page, `/gifts/new?contact=${contactId}`)
      await page.getByRole('radio', { name: 'As a batch' }).or(page.getByText('As a batch')).first().click()
      await page.getByLabel('Amount').fill('12,50')
      await page.getByLabel('Amount').press('Enter')
      await page.getByLabel('Control total').fill('12,40')
      await page.getByRole('button', { name: 'Save 1 gift' }).click()
      await expect(page.getByText('The rows do not add up')).toBeVisible()
      await page.getByLabel('Control total').fill('12,50')
      await page.getByRole('button', { name: 'Save 1 gift' }).click()
      await expect(page.getByText('1 gift saved')).toBeVisible()
      for (const theme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme: theme })
        for (const path of ['/gifts', '/gifts/new', '/pledges', '/pledges/new'] as const) {
          await open(page, path)
          const { violations } = await new AxeBuilder({ page }).analyze()
          expect(violations.map(({ id, nodes }) => [path, theme, id, nodes[0]?.html])).toEqual([])
          expect(await widerBy(page), `${path} fits`).toBeLessThanOrEqual(0)
        }
      }
    })
  })
