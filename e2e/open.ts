import type { Page } from '@playwright/test'

/** Opened, and alive: what is typed before that would be lost. The page's stream may keep the network busy for ever. */
export async function open(page: Page, address: string): Promise<void> {
  await page.goto(address)
  await page.waitForFunction(() =>
    Object.keys(document.querySelector('main') ?? {}).some((key) => key.startsWith('__react')),
  )
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
