import { test as base } from '@playwright/test'
import { type App, startApp } from './app.ts'
import { startWorld, type World } from './world/world.ts'

type Shared = {
  /** Who the product is for: files that name another get a fresh one, in a worker of its own. */
  readonly product: string
  /** The outside world on loopback. */
  readonly world: World
  /** The built product in that world, freshly started on an empty data folder. */
  readonly app: App
}

/** One world and one product for all tests of a worker; `page` begins at the product's address. */
export const test = base.extend<object, Shared>({
  product: ['shared', { option: true, scope: 'worker' }],
  world: [
    // Playwright reads the names of fixtures off the first argument, so that it must be a pattern.
    // biome-ignore lint/correctness/noEmptyPattern: see above
    async ({}, use) => {
      const world = await startWorld()
      await use(world)
      await world.close()
    },
    { scope: 'worker' },
  ],
  app: [
    async ({ world }, use) => {
      const app = await startApp(world.env())
      await use(app)
      await app.stop()
    },
    { scope: 'worker', timeout: 180_000 },
  ],
  baseURL: async ({ app }, use) => use(app.url),
})

export { expect } from '@playwright/test'
