import type { Bell } from '../bell.ts'
import type { Clock } from '../clock.ts'
import { randomOf } from '../random.ts'
import type { Advert, AskingPrice, Site, Wish } from './advert.ts'
import { askedOf, wishOf } from './asked.ts'
import { makeAdvert } from './make-advert.ts'
import { otherSite } from './sites/list.ts'
import type { OtherSite } from './sites/site.ts'

type MarketEvent = {
  readonly kind: 'published' | 'cheaper' | 'bumped' | 'removed' | 'promoted'
  readonly advert: Advert
}

/** The adverts and what can happen to them. Every change gives back the advert as it is afterwards. */
export type Store = {
  readonly adverts: ReadonlyMap<string, Advert>
  /** Those of one site. */
  readonly ofSite: (site: Site) => Iterable<Advert>
  /** Grows with each change. */
  readonly version: () => number
  readonly get: (id: string) => Advert
  readonly publish: (wish?: Wish) => Advert
  readonly seedMarket: (count: number, wish?: Wish) => readonly Advert[]
  readonly reprice: (id: string, price: number | 'free' | 'exchange') => Advert
  readonly bump: (id: string) => Advert
  readonly promote: (id: string, on?: boolean) => Advert
  readonly remove: (id: string) => Advert
  /** Back after a removal, with the same id. */
  readonly restore: (id: string) => Advert
  /** A moderator hides it: neither open nor closed. */
  readonly hold: (id: string) => Advert
  /** The same thing under another id; the older advert is removed. */
  readonly repost: (id: string, price?: number) => Advert
  /** One thing that happens by chance. */
  readonly tick: () => MarketEvent
  readonly clear: () => void
}

export type StoreSetting = {
  readonly seed: number
  readonly clock: Clock
  readonly bell: Bell
  readonly photoRoot: () => string
}

const SEEDED_DAYS = 30

export function makeStore(setting: StoreSetting): Store {
  const adverts = new Map<string, Advert>()
  const sites = new Map<Site, Map<string, Advert>>()
  let number = 0
  let version = 0
  let ticks = 0

  const put = (advert: Advert): Advert => {
    adverts.set(advert.id, advert)
    const own = sites.get(advert.site) ?? new Map<string, Advert>()
    sites.set(advert.site, own.set(advert.id, advert))
    version++
    setting.bell.ring()
    return advert
  }
  const get = (id: string): Advert => {
    const advert = adverts.get(id)
    if (advert === undefined) throw new Error(`no advert ${id}`)
    return advert
  }
  const change = (id: string, changed: Partial<Advert>): Advert => put({ ...get(id), ...changed })
  /** The sites know whole seconds only. */
  const now = () => new Date(Math.floor(setting.clock.now().getTime() / 1000) * 1000)
  const make = (wish: Wish, ageDays: number) => {
    const making = { seed: setting.seed, number: ++number, now: now(), photoRoot: setting.photoRoot(), ageDays }
    return put(makeAdvert(completed(wish), making))
  }

  const publish = (wish: Wish = {}) => make(wish, 0)
  const store: Store = {
    adverts,
    ofSite: (site) => sites.get(site)?.values() ?? [],
    version: () => version,
    get,
    publish,
    seedMarket: (count, wish = {}) => Array.from({ length: count }, () => make(seeded(wish, number), SEEDED_DAYS)),
    reprice: (id, price) => change(id, { price: repriced(get(id).price, price), previous: get(id).price.amount }),
    bump: (id) => change(id, { refreshedAt: now(), pushedUpAt: now() }),
    promote: (id, on = true) => change(id, { promoted: on }),
    remove: (id) => change(id, { state: 'removed' }),
    restore: (id) => change(id, { state: 'active' }),
    hold: (id) => change(id, { state: 'held' }),
    repost: (id, price) => {
      const old = change(id, { state: 'removed' })
      return put({ ...make(likeOld(old, price), 0), seller: old.seller, params: old.params, car: old.car })
    },
    tick: () => happen(store, randomOf(`${setting.seed}/tick/${++ticks}`)),
    clear: () => {
      adverts.clear()
      sites.clear()
      version++
    },
  }
  return store
}

/** `matching` gives what its search asks for; what is said beside it wins. */
function completed(wish: Wish): Wish {
  if (wish.matching === undefined) return wish
  const url = new URL(wish.matching)
  const other = otherSite(url.hostname)
  if (other !== null) return { ...wishOn(other, url), ...wish }
  return { ...wishOf(askedOf(url.hostname.endsWith('otomoto.pl') ? 'otomoto' : 'olx', url)), ...wish }
}

function wishOn(site: OtherSite, url: URL): Wish {
  const { words, from, to } = site.ask(url)
  const price = (from ?? to) === null ? {} : { price: Math.round(((from ?? 0) + (to ?? (from ?? 0) * 2)) / 2) }
  return { site: site.site, ...(words === '' ? {} : { words }), ...price }
}

/** A seeded market holds a quarter of cars and a few promoted adverts. */
function seeded(wish: Wish, number: number): Wish {
  const site = wish.matching === undefined && number % 4 === 3 ? 'otomoto' : undefined
  return { ...(site === undefined ? {} : { site }), promoted: number % 11 === 5, ...wish }
}

function likeOld(old: Advert, price: number | undefined): Wish {
  const amount = price ?? old.price.amount
  return {
    site: old.site,
    title: old.title,
    description: old.description,
    category: old.category.path.join('/'),
    city: old.city.slug,
    ...(old.district === null ? {} : { district: old.district.name }),
    ...(amount === null ? {} : { price: amount }),
    negotiable: old.price.negotiable,
    photos: old.photos.length,
    picture: old.picture,
  }
}

function repriced(old: AskingPrice, price: number | 'free' | 'exchange'): AskingPrice {
  if (price === 'free' || price === 'exchange') return { kind: price, amount: null, negotiable: false }
  if (old.kind === 'arranged') return { kind: 'arranged', amount: price, negotiable: true }
  return { kind: 'fixed', amount: price, negotiable: old.negotiable }
}

function happen(store: Store, random: ReturnType<typeof randomOf>): MarketEvent {
  const open = [...store.adverts.values()].filter((advert) => advert.state === 'active')
  const roll = random.next()
  if (open.length === 0 || roll < 0.35)
    return { kind: 'published', advert: store.publish(random.chance(0.25) ? { site: 'otomoto' } : {}) }
  const { id, price } = random.pick(open)
  if (roll < 0.65 && price.amount !== null) {
    const cheaper = Math.max(10, Math.round((price.amount * random.int(75, 94)) / 1000) * 10)
    return { kind: 'cheaper', advert: store.reprice(id, cheaper) }
  }
  if (roll < 0.85) return { kind: 'bumped', advert: store.bump(id) }
  if (roll < 0.95) return { kind: 'removed', advert: store.remove(id) }
  return { kind: 'promoted', advert: store.promote(id) }
}
