import { hash, type Random, randomOf, uuidOf } from '../random.ts'
import type { Advert, AskingPrice, Category, City, Param, Seller, Site, Wish } from './advert.ts'
import { CAR_SENTENCES, CARS, carTitle, makeCar } from './cars.ts'
import { categoryAt, GOODS, type Goods, goodsUnder } from './goods.ts'
import { CITIES, cityBy, districtBy } from './places.ts'
import { fold } from './text.ts'

const FIRST_NAMES = 'Ania Bartek Celina Dorota Eryk Gosia Hubert Iga Jacek Kasia Leon Magda Norbert Ola Piotr Zofia'
const COMPANIES = 'Komis Pod Lipą;Drugie Życie;Skład Rzeczy;Rowerownia Rondo;Auto Plac Południe;Sprzęt i Spółka'

const DAY = 86_400_000

/** Newest first: a seeded advert is up to `spread` days old; a published one is of now. */
export type Making = {
  readonly seed: number
  readonly number: number
  readonly now: Date
  readonly photoRoot: string
  readonly ageDays: number
}

export function makeAdvert(wish: Wish, making: Making): Advert {
  const random = randomOf(`${making.seed}/advert/${making.number}`)
  const site: Site = wish.site ?? 'olx'
  const goods = site !== 'otomoto' ? goodsFor(wish, random) : null
  const car = site === 'otomoto' ? makeCar(random, wish) : null
  const city = (wish.city === undefined ? null : cityBy(wish.city)) ?? random.pick(CITIES)
  const createdAt = wish.at ?? new Date(making.now.getTime() - ageOf(making.ageDays, random))
  const id = idOf(site, making)
  const title = wish.title ?? (car === null ? goodsTitle(goods, wish.words, random) : carTitle(car, random))
  const picture = wish.picture ?? id
  return {
    id,
    site,
    title,
    description: wish.description ?? wordsAbout(goods?.sentences ?? CAR_SENTENCES, random),
    category: site === 'otomoto' ? CARS : categoryFor(wish.category, goods),
    price: priceOf(wish, goods?.price ?? (car === null ? [20, 900] : [6000, 98_000]), random),
    previous: null,
    city,
    ...spot(city, wish.district, random),
    seller: sellerOf(wish, random, making),
    photos: photosOf(wish.photos, id, making.photoRoot, random),
    params: wish.params ?? paramsOf(goods, random),
    createdAt,
    refreshedAt: createdAt,
    pushedUpAt: null,
    promoted: wish.promoted ?? false,
    state: 'active',
    car,
    picture,
  }
}

/** Whole seconds, or the state and the API would disagree by less than either shows. */
function ageOf(days: number, random: Random): number {
  return days === 0 ? 0 : Math.round((random.next() ** 2 * days * DAY) / 1000) * 1000
}

/** Ids rise with time, as the sites' do; Otomoto's are longer. */
function idOf(site: Site, making: Making): string {
  const step = making.number * 17 + (hash(`${making.seed}/${making.number}`) % 13)
  const first = site === 'olx' ? 1_060_000_000 : site === 'otomoto' ? 6_146_000_000 : 2_400_000_000
  return String(first + step)
}

/** Of the goods in the category those that the words fit, where any do. */
function goodsFor(wish: Wish, random: Random): Goods | null {
  const found = wish.category === undefined ? GOODS : goodsUnder(wish.category.split('/'))
  const words = fold(wish.words ?? '')
  const fitting = found.filter((goods) => goods.things.some((thing) => fold(thing).startsWith(words)))
  if (found.length === 0) return null
  return random.pick(fitting.length > 0 ? fitting : found)
}

function categoryFor(wanted: string | undefined, goods: Goods | null): Category {
  const named = goods?.category ?? (wanted === undefined ? null : categoryAt(wanted.split('/')))
  return named ?? { id: 1, path: ['oferty'], names: ['Oferty'], drawing: 'box' }
}

function goodsTitle(goods: Goods | null, words: string | undefined, random: Random): string {
  if (words !== undefined && goods !== null) return `${words} ${random.pick(goods.brands)} ${random.pick(goods.extras)}`
  if (words !== undefined) return words
  if (goods === null) return random.pick(['Zestaw różności', 'Pudło drobiazgów', 'Komplet na działkę'])
  return `${random.pick(goods.things)} ${random.pick(goods.brands)} ${random.pick(goods.extras)}`
}

function wordsAbout(sentences: readonly string[], random: Random): string {
  const lines = Array.from({ length: random.int(4, 9) }, () => random.pick(sentences))
  return `${lines.join('<br />\n')}<br />\n<br />\nOdbiór osobisty lub wysyłka.`
}

function priceOf(wish: Wish, [low, high]: readonly [number, number], random: Random): AskingPrice {
  const drawn = Math.round(random.int(low, high) / 10) * 10
  const negotiable = wish.negotiable ?? random.chance(0.3)
  if (wish.price === 'free' || wish.price === 'exchange') {
    return { kind: wish.price, amount: null, negotiable: false }
  }
  const amount = wish.price ?? drawn
  return wish.arranged ? { kind: 'arranged', amount, negotiable: true } : { kind: 'fixed', amount, negotiable }
}

function spot(city: City, district: string | undefined, random: Random) {
  const at = district === undefined ? random.pick(city.districts) : districtBy(city, district)
  const near = () => (random.next() - 0.5) / 10
  return { district: at, lat: round(city.lat + near()), lon: round(city.lon + near()) }
}

function round(degrees: number): number {
  return Math.round(degrees * 100_000) / 100_000
}

function sellerOf(wish: Wish, random: Random, making: Making): Seller {
  const business = wish.business ?? random.chance(0.15)
  const name = wish.seller ?? random.pick(business ? COMPANIES.split(';') : FIRST_NAMES.split(' '))
  const id = 300_000_000 + (hash(`${making.seed}/seller/${name}/${wish.seller ? 0 : making.number % 40}`) % 99_999_999)
  return { id, uuid: uuidOf(`seller/${id}`), name, business, since: new Date(Date.UTC(2016 + (id % 8), id % 12, 3)) }
}

function photosOf(wanted: Wish['photos'], id: string, root: string, random: Random): readonly string[] {
  if (Array.isArray(wanted)) return wanted
  const count = typeof wanted === 'number' ? wanted : random.int(1, 5)
  return Array.from({ length: count }, (_, n) => `${root}/photo/${id}/${n + 1}.png`)
}

function paramsOf(goods: Goods | null, random: Random): readonly Param[] {
  return (goods?.params ?? []).map(([key, name, choices]) => {
    const [value = '', normalized = ''] = random.pick(choices).split('=')
    return { key, name, value, normalized }
  })
}
