import { DEMO_SEARCHES, furnish, moveMarket } from '../e2e/world/demo.ts'
import { startWorld } from '../e2e/world/world.ts'
import type { demo as Demo } from '../src/supervisor/demo'
import { ensureBuilt } from './ensure-built.ts'
import { importBundled } from './import-bundled.ts'
import { ROOT } from './root.ts'

/** `npm run demo`. Everything that Gleaner would reach over the network is in this process, on loopback. */
const world = await startWorld()
furnish(world)
moveMarket(world)

const names = ['City bikes in Kraków', 'Freezer for the food bank', 'Škoda Octavia']
const searches = DEMO_SEARCHES.map((url, at) => ({ url, name: names[at] ?? `Search ${at + 1}` }))
const player = world.telegram.user('Demo')

const { demo } = await importBundled<{ demo: typeof Demo }>('demo', 'src/supervisor/demo.ts')
await demo({
  root: ROOT,
  build: ensureBuilt,
  env: world.env(),
  phoneUrl: `http://localhost:${world.telegram.port}`,
  searches,
  bot: world.telegram.bot.username,
  follow: (link) => {
    player.follow(link)
    return player.chatId
  },
})
