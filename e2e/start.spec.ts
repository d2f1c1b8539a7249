import { expect, test } from '@playwright/test'
import { type App, startApp, tryStart } from './app.ts'

// A product of its own: the one that other files share has a user by then.
let app: App
test.beforeAll(async () => {
  app = await startApp({})
})
test.afterAll(() => app.stop())

test('a fresh start asks for the set-up code', async ({ page }, testInfo) => {
  expect(app.setupCode).toMatch(/^[A-Z2-9]{4}-[A-Z2-9]{4}$/)
  await page.goto(app.url)
  await expect(page).toHaveURL(/\/setup$/)
  await expect(page.getByLabel('Set-up code')).toBeVisible()
  await page.screenshot({ path: testInfo.outputPath('setup.png'), fullPage: true })
})

test('health answers that every part works', async ({ request }) => {
  const response = await request.get(`${app.url}/api/health`)
  expect(await response.json()).toMatchObject({ ok: true })
  expect(response.status()).toBe(200)
})

test('a second start on the same data folder says so and ends', async () => {
  const { code, said } = await tryStart({ GLEANER_DATA_DIR: app.dataFolder, PORT: '29999' })
  expect(said).toContain(`already runs on this data folder, as process ${app.pid}`)
  expect(code).toBe(1)
})

test('a port that another program uses is named', async ({ baseURL: _ }, testInfo) => {
  const { port } = new URL(app.url)
  const { code, said } = await tryStart({ GLEANER_DATA_DIR: testInfo.outputPath('data'), PORT: port })
  expect(said).toContain(`Port ${port} is used by another program`)
  expect(code).toBe(1)
})
