import type { World } from '../../world.ts'
import type { Deed, PlannedAdvert } from './lives.ts'
import type { MonthPlan } from './plan.ts'
import { wordOf } from './searches.ts'

/** Lets a planned month happen to one host of a world, as its clock is moved: each host may have a world, and a time, of its own. */
export type Play = {
  /** Moves the clock; whatever was planned until then happens on the way, each at its own moment. */
  readonly until: (at: number) => void
  /** Milliseconds since the month began. */
  readonly now: () => number
  /** The world's number of a planned advert; undefined before it is there. */
  readonly idOf: (advert: number) => string | undefined
}

type Happening = { readonly at: number; readonly happen: () => void }

export function playMonth(world: World, plan: MonthPlan, host: string, begin: Date): Play {
  const ids = new Map<number, string>()
  const coming = happenings(world, planOf(plan, host), ids, begin)
  let next = 0
  const now = () => world.clock.now().getTime() - begin.getTime()
  const moveTo = (at: number) => world.clock.advance(Math.max(0, at - now()))
  return {
    now,
    idOf: (advert) => ids.get(advert),
    until: (at) => {
      for (let one = coming[next]; one !== undefined && one.at <= at; one = coming[++next]) {
        moveTo(one.at)
        one.happen()
      }
      moveTo(at)
    },
  }
}

function planOf(plan: MonthPlan, host: string): MonthPlan {
  const adverts = plan.adverts.filter(({ search }) => plan.searches[search]?.host === host)
  return { ...plan, adverts, troubles: plan.troubles.filter((trouble) => trouble.host === host) }
}

function happenings(world: World, plan: MonthPlan, ids: Map<number, string>, begin: Date): readonly Happening[] {
  const { market } = world
  const deeds = plan.adverts.flatMap((advert) =>
    advert.deeds
      .filter(({ kind }) => kind !== 'publish' || advert.repostOf === null)
      .map((deed) => ({ at: deed.at, happen: () => happenTo(world, plan, ids, advert, deed, begin) })),
  )
  const troubles = plan.troubles.flatMap(({ host, mode, from, until }) => [
    { at: from, happen: () => market.setMode(host, mode) },
    { at: until, happen: () => market.setMode(host, 'ok') },
  ])
  return [...deeds, ...troubles].sort((a, b) => a.at - b.at)
}

function happenTo(
  { market }: World,
  plan: MonthPlan,
  ids: Map<number, string>,
  advert: PlannedAdvert,
  deed: Deed,
  begin: Date,
): void {
  if (deed.kind === 'publish') return void ids.set(advert.n, publish(market, plan, advert, deed, begin))
  const id = ids.get(advert.n)
  if (id === undefined) throw new Error(`advert ${advert.n} is not there yet`)
  switch (deed.kind) {
    case 'reprice':
      return void market.reprice(id, deed.price)
    case 'bump':
      return void market.bump(id)
    case 'promote':
      return void market.promote(id)
    case 'remove':
      return void market.remove(id)
    case 'hold':
      return void market.hold(id)
    case 'restore':
      market.restore(id)
      return void market.bump(id)
    case 'repost':
      return void ids.set(deed.as, market.repost(id, deed.price).id)
  }
}

function publish(
  market: World['market'],
  { searches }: MonthPlan,
  { search, title, seeded }: PlannedAdvert,
  { at, price }: Extract<Deed, { kind: 'publish' }>,
  begin: Date,
): string {
  const planned = searches[search]
  if (planned === undefined) throw new Error(`no search ${search}`)
  const wish = { site: planned.site, title, price, promoted: false, photos: 1, seller: wordOf(search) }
  return market.publish({ ...wish, ...(seeded ? { at: new Date(begin.getTime() + at) } : {}) }).id
}
