import type { Advert } from './market/advert.ts'
import { randomOf } from './random.ts'
import type { World } from './world.ts'

/** What the demo watches, and a market that does something about it. */

export const DEMO_SEARCHES: readonly string[] = [
  'https://www.olx.pl/sport-hobby/rowery/krakow/q-rower-miejski/',
  'https://www.olx.pl/elektronika/sprzet-agd/zamrazarki/?search%5Bfilter_float_price:to%5D=900',
  'https://www.otomoto.pl/osobowe/skoda/octavia',
]

export type Moving = {
  readonly searches?: readonly string[]
  /** Milliseconds between two events. */
  readonly every?: number
  readonly seed?: number
}

/** A market worth watching from the start: each demo search has a few adverts to be its silent baseline. */
export function furnish(world: World, searches: readonly string[] = DEMO_SEARCHES): void {
  world.market.seedMarket(400)
  for (const matching of searches) world.market.seedMarket(8, { matching, promoted: false })
}

/**
 * Every other event is about a watched search: published, a while later cheaper, later still gone. With the default of
 * 4 s a matching advert appears within 20 s. Gives what stops it.
 */
export function moveMarket(world: World, moving: Moving = {}): () => void {
  const { searches = DEMO_SEARCHES, every = 4000, seed = 7 } = moving
  const random = randomOf(`${seed}/demo`)
  const mine: Advert[] = []
  let turn = 0
  const step = () => {
    turn++
    if (turn % 2 === 0) return void world.market.tick()
    const old = mine.length > 3 ? mine.shift() : undefined
    if (old !== undefined && random.chance(0.4)) return void world.market.remove(old.id)
    const known = mine[random.int(0, Math.max(0, mine.length - 1))]
    if (known !== undefined && turn % 3 === 0) return void cheaper(world, mine, known)
    const matching = searches[Math.floor(turn / 2) % searches.length]
    if (matching !== undefined) mine.push(world.market.publish({ matching, promoted: false }))
  }
  const timer = setInterval(step, every)
  return () => clearInterval(timer)
}

function cheaper(world: World, mine: Advert[], advert: Advert): void {
  const amount = Math.max(10, Math.round(((advert.price.amount ?? 100) * 0.85) / 10) * 10)
  mine[mine.indexOf(advert)] = world.market.reprice(advert.id, amount)
}
