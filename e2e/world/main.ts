import { parseArgs } from 'node:util'
import { furnish, moveMarket } from './demo.ts'
import { startWorld } from './world.ts'

/** The world as a process of its own: `node e2e/world/main.ts [--move] [--watch URL]… [--every MS]`. */

const { values } = parseArgs({
  options: {
    move: { type: 'boolean', default: false },
    watch: { type: 'string', multiple: true },
    every: { type: 'string', default: '4000' },
    empty: { type: 'boolean', default: false },
  },
})

function port(name: string, usual: number): number {
  return Number(process.env[`WORLD_PORT_${name}`] ?? usual)
}

const ports = {
  market: port('MARKET', 9100),
  telegram: port('TELEGRAM', 9101),
  smtp: port('SMTP', 9102),
  hooks: port('HOOKS', 9103),
}
const world = await startWorld({ seed: Number(process.env.WORLD_SEED ?? 1), ports })
if (!values.empty) furnish(world, values.watch)
const stopMoving = values.move
  ? moveMarket(world, { ...(values.watch ? { searches: values.watch } : {}), every: Number(values.every) })
  : null

console.log(JSON.stringify(world.env()))
console.error(`The world is ready: phone, inbox and market at http://localhost:${world.telegram.port}`)

async function stop(): Promise<void> {
  stopMoving?.()
  await world.close()
  process.exit(0)
}
process.once('SIGINT', () => void stop())
process.once('SIGTERM', () => void stop())
