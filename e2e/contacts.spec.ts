import { expect, test } from './fixtures.ts'
import { accessibilityFaults, open, setUp, signIn, widerBy } from './visitor.ts'

const OWNER = {
  ...{ name: 'Cora Contacts', email: 'contacts@example.org', password: 'four plain words here' },
  workspace: 'Giving',
}
const ROUTES = [
  '/contacts',
  '/contacts?q=nobody-at-all',
  '/contacts/new',
  '/contacts/groups',
  '/contacts/fields',
] as const

test.use({ product: 'contacts' })

/** Giving from an empty workspace: the people who give, found, changed by two at once, and gathered in groups. */
test.describe
  .serial('contacts', () => {
    test.setTimeout(180_000)

    test('are there once giving is switched on, and the first is one button away', async ({ page, app }) => {
      await setUp(page, app, OWNER)
      await open(page, '/settings/workspace')
      await page.getByRole('switch', { name: 'Giving' }).click()
      await page.getByRole('button', { name: 'Save' }).click()
      await open(page, '/contacts')
      await expect(page.getByText('No contacts yet')).toBeVisible()
      await page.getByRole('main').getByRole('link', { name: 'Add the first' }).click()
      await expect(page).toHaveURL(/\/contacts\/new$/)
    })

    test('a household and its people are entered, and who is there already is named', async ({ page, app }) => {
      await signIn(page, app, OWNER)
      await open(page, '/contacts/new')
      await page.getByRole('radio', { name: 'Household' }).click()
      await page.getByLabel('Name', { exact: true }).fill('Kowalscy z Łodzi')
      await page.getByLabel('Joint salutation').fill('Anna i Jan')
      await page.getByRole('button', { name: 'Save contact' }).click()
      await expect(page.getByRole('heading', { name: 'Kowalscy z Łodzi' })).toBeVisible()
      await page.getByRole('link', { name: 'Add a person' }).click()
      await page.getByLabel('First name').fill('Łucja')
      await page.getByLabel('Last name').fill('Kowalska')
      await page.getByRole('button', { name: 'Add an e-mail address' }).click()
      await page.getByLabel('E-mail address').fill('lucja')
      await page.getByRole('button', { name: 'Add a phone' }).click()
      await page.getByLabel('Phone', { exact: true }).fill('600 100 200')
      await page.getByRole('button', { name: 'Save contact' }).click()
      await expect(page.getByText('This is no e-mail address.')).toBeVisible()
      await page.getByLabel('E-mail address').fill('lucja@example.org')
      await page.getByRole('button', { name: 'Save contact' }).click()
      await expect(page.getByRole('heading', { name: 'Łucja Kowalska' })).toBeVisible()
      await expect(page.getByRole('link', { name: 'Kowalscy z Łodzi' })).toBeVisible()
      await expect(page.getByRole('link', { name: 'Call 600 100 200' })).toHaveAttribute('href', 'tel:+48600100200')
      await open(page, '/contacts/new')
      await page.getByRole('button', { name: 'Add a phone' }).click()
      await page.getByLabel('Phone', { exact: true }).fill('+48 600-100-200')
      await expect(page.getByText('Perhaps already here')).toBeVisible()
      await expect(page.getByText('same phone')).toBeVisible()
    })

    test('lodz finds Łódź while one types, and the search stands in the address', async ({ page, app }) => {
      await signIn(page, app, OWNER)
      await open(page, '/contacts')
      const row = page.locator('[data-row-id]')
      await expect(row).toHaveCount(2)
      await page.getByRole('searchbox').fill('lodz')
      await expect(row).toHaveCount(1)
      await expect(row).toContainText('Kowalscy z Łodzi')
      await expect(page).toHaveURL(/q=lodz/)
      await page.getByRole('searchbox').fill('600 10')
      await expect(row).toContainText('Łucja Kowalska')
      await page.getByRole('searchbox').fill('nobody')
      await expect(page.getByText('No contact fits this search.')).toBeVisible()
    })

    test('the second of two who edit one contact is told what changed, and both changes stay', async ({
      page,
      app,
      context,
    }) => {
      await signIn(page, app, OWNER)
      await open(page, '/contacts?q=lucja')
      await page.getByRole('link', { name: 'Łucja Kowalska' }).click()
      await page.getByRole('link', { name: 'Edit' }).click()
      await expect(page.getByLabel('First name')).toHaveValue('Łucja')
      const second = await context.newPage()
      await open(second, page.url())
      await page.getByLabel('Notes').fill('Sings in the choir')
      await page.getByRole('button', { name: 'Save changes' }).click()
      await expect(page.getByText('Sings in the choir')).toBeVisible()
      await second.getByLabel('Last name').fill('Kowalska-Nowak')
      await second.getByRole('button', { name: 'Save changes' }).click()
      await expect(second.getByText('Meanwhile changed by somebody else: Notes.')).toBeVisible()
      await second.getByRole('button', { name: 'Save my changes too' }).click()
      await expect(second.getByRole('heading', { name: 'Łucja Kowalska-Nowak' })).toBeVisible()
      await expect(second.getByText('Sings in the choir')).toBeVisible()
    })

    test('the chosen ones go into a group, and a deletion is undone from the toast', async ({ page, app }) => {
      await signIn(page, app, OWNER)
      await open(page, '/contacts/groups')
      await page.getByRole('button', { name: 'New group' }).click()
      await page.getByLabel('Name').fill('Choir')
      await page.getByRole('button', { name: 'Save group' }).click()
      await expect(page.getByRole('link', { name: /Choir/ })).toBeVisible()
      await open(page, '/contacts?q=lucja')
      await page.getByRole('checkbox', { name: /Łucja/ }).click()
      await page.getByRole('button', { name: 'Group', exact: true }).click()
      await page.getByRole('menuitem', { name: 'Put into Choir' }).click()
      await expect(page.getByText('1 contact put into Choir')).toBeVisible()
      await open(page, '/contacts/groups')
      await page.getByRole('link', { name: /Choir/ }).click()
      await expect(page.locator('[data-row-id]')).toHaveCount(1)
      await page.getByRole('checkbox', { name: /Łucja/ }).click()
      await page.getByRole('button', { name: 'Delete', exact: true }).click()
      await expect(page.getByText('No contact fits this search.')).toBeVisible()
      await page.getByRole('button', { name: 'Undo' }).click()
      await expect(page.locator('[data-row-id]')).toHaveCount(1)
    })

    test('every page of theirs has no accessibility fault in either theme and fits the window', async ({
      page,
      app,
    }) => {
      const faults: string[] = []
      page.on('pageerror', (error) => faults.push(`${page.url()}: ${error.message}`))
      await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
      await signIn(page, app, OWNER)
      await open(page, '/contacts?q=lucja')
      await page.getByRole('link', { name: /^Łucja/ }).click()
      await expect(page).toHaveURL(/\/contacts\/[\da-f-]{36}$/)
      const own = new URL(page.url()).pathname
      for (const route of [...ROUTES, own, `${own}/edit`]) {
        await open(page, route)
        await page.getByRole('main').getByRole('heading').first().waitFor()
        expect.soft(await widerBy(page), `${route} is wider than the window`).toBeLessThanOrEqual(0)
        for (const colorScheme of ['light', 'dark'] as const) {
          await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
          await expect(page.locator('html')).toHaveAttribute('data-theme', colorScheme)
          expect.soft(await accessibilityFaults(page), `${route}, ${colorScheme}`).toEqual([])
        }
      }
      expect(faults).toEqual([])
    })
  })
