import AxeBuilder from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'
import type { App } from './app.ts'

/** Whoever sits before the pages, and the workspace that they set up. */
export type Visitor = {
  readonly name: string
  readonly email: string
  readonly password: string
  readonly workspace: string
}

export async function setUp(page: Page, app: App, { name, email, password, workspace }: Visitor): Promise<void> {
  await page.goto('/setup')
  await page.getByLabel('Set-up code').fill(app.setupCode)
  await page.getByLabel('Name', { exact: true }).fill(name)
  await page.getByLabel('E-mail address').fill(email)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByLabel('Name of the workspace').fill(workspace)
  await page.getByRole('button', { name: 'Set up' }).click()
  await expect(page).toHaveURL(/\/watches$/)
}

/** `lands` is where they come to: what is first depends on the halves that are on. */
export async function signIn(page: Page, app: App, visitor: Visitor, lands = /\/(watches|today)$/): Promise<void> {
  await page.goto(`${app.url}/sign-in`)
  await page.getByLabel('E-mail address').fill(visitor.email)
  await page.getByLabel('Password', { exact: true }).fill(visitor.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page).toHaveURL(lands)
}

/**
 * Opened, and alive: what is typed before that would be lost. The page's stream may keep the network busy for ever, so it
 * is alive once React holds its parts.
 */
export async function open(page: Page, address: string): Promise<void> {
  await page.goto(address)
  await page.waitForFunction(() => {
    const part = document.querySelector('main button, main a, main input') ?? document.querySelector('main')
    return part !== null && Object.keys(part).some((key) => key.startsWith('__reactProps'))
  })
}

/** By the same door as the page's own forms. */
export async function call(page: Page, path: string, input: unknown): Promise<{ id: string }> {
  const answer = await page.request.post(`/api/trpc/${path}`, {
    data: { json: input },
    headers: { origin: new URL(page.url()).origin },
  })
  const body = await answer.json()
  if (!answer.ok()) throw new Error(`${path}: ${JSON.stringify(body).slice(0, 300)}`)
  return body.result.data.json
}

/** Errors of the console and of the page's scripts, from now on. */
export function hearFaults(page: Page): string[] {
  const faults: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(`${page.url()}: ${message.text()}`)
  })
  page.on('pageerror', (error) => faults.push(`${page.url()}: ${error.message}`))
  return faults
}

export async function accessibilityFaults(page: Page): Promise<string[]> {
  const tags = ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']
  const { violations } = await new AxeBuilder({ page }).withTags(tags).analyze()
  return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 160)}`)
}

export function widerBy(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
}
