import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { DEMO_SEARCHES, furnish, moveMarket } from '../e2e/world/demo.ts'
import { startReplay } from '../e2e/world/replay.ts'
import { startWorld } from '../e2e/world/world.ts'
import type { demo as Demo } from '../src/supervisor/demo'
import { ensureBuilt } from './ensure-built.ts'
import { importBundled } from './import-bundled.ts'
import { ROOT } from './root.ts'

/**
 * `npm run demo`. Everything that Gleaner would reach over the network is in this process, on loopback. With `-- --captures
 * DIR` the marketplaces show the pages that were saved there, instead of made-up ones.
 */
const { values } = parseArgs({ options: { captures: { type: 'string' } } })
const world = await startWorld()
const replay = values.captures ? await startReplay({ folder: resolve(values.captures), clock: world.clock }) : null
furnish(world)
moveMarket(world)

const names = ['City bikes in Kraków', 'Freezer for the food bank', 'Škoda Octavia']
const made = DEMO_SEARCHES.map((url, at) => ({ url, name: names[at] ?? `Search ${at + 1}` }))
const searches = replay?.searches.map(({ url, name }) => ({ url, name })) ?? made
const player = world.telegram.user('Demo')

const { demo } = await importBundled<{ demo: typeof Demo }>('demo', 'src/supervisor/demo.ts')
await demo({
  root: ROOT,
  build: ensureBuilt,
  env: replay ? replayed(world.env(), replay.origins) : world.env(),
  phoneUrl: `http://localhost:${world.telegram.port}`,
  searches,
  bot: world.telegram.bot.username,
  follow: (link) => {
    player.follow(link)
    return player.chatId
  },
})

/** The sites of the saved pages are theirs alone; all others stay in the world. */
function replayed(env: Record<string, string>, origins: Readonly<Record<string, string>>): Record<string, string> {
  const all = { ...JSON.parse(env.GLEANER_ORIGINS ?? '{}'), ...origins }
  return { ...env, GLEANER_ORIGINS: JSON.stringify(all) }
}
