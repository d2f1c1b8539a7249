import { hash } from '../random.ts'
import type { Category, Drawing } from './advert.ts'

/** What is sold on the made-up OLX: categories with the words that their titles are put together from. */
export type Goods = {
  readonly category: Category
  readonly things: readonly string[]
  readonly brands: readonly string[]
  readonly extras: readonly string[]
  readonly sentences: readonly string[]
  readonly price: readonly [number, number]
  /** key, name, then `value=normalized` choices. */
  readonly params: readonly (readonly [string, string, readonly string[]])[]
}

function category(id: number, path: string, names: string, drawing: Drawing): Category {
  return { id, path: path.split('/'), names: names.split('/'), drawing }
}

const STATE = ['state', 'Stan', ['Używane=used', 'Nowe=new', 'Uszkodzone=damaged']] as const

const BIKE_SENTENCES = [
  'Rower po przeglądzie, gotowy do jazdy.',
  'Nowe opony i klocki, łańcuch wymieniony wiosną.',
  'Trzymany w piwnicy, jeżdżony rekreacyjnie.',
  'Dokładam kosz i zapięcie.',
  'Drobne rysy na ramie, widać na zdjęciach.',
  'Sprzedaję, bo przesiadam się na większą ramę.',
]

export const GOODS: readonly Goods[] = [
  {
    category: category(2411, 'sport-hobby/rowery/rowery-miejskie', 'Sport i Hobby/Rowery/Rowery miejskie', 'bike'),
    things: ['Rower miejski', 'Rower miejski damski', 'Rower miejski męski', 'Holenderka rower miejski'],
    brands: ['Wisełka', 'Batavia', 'Gazella', 'Romeo', 'Kormoran', 'Jaskółka'],
    extras: ['28"', '26"', '28" 7 biegów', '3 biegi', 'z koszem', 'po serwisie'],
    sentences: BIKE_SENTENCES,
    price: [180, 1900],
    params: [STATE, ['framesize', 'Rozmiar ramy', ['17"=17', '19"=19', '21"=21']]],
  },
  {
    category: category(2412, 'sport-hobby/rowery/rowery-gorskie', 'Sport i Hobby/Rowery/Rowery górskie', 'bike'),
    things: ['Rower górski', 'Rower MTB', 'Rower górski młodzieżowy'],
    brands: ['Turnia', 'Krzesanica', 'Rysy', 'Grań'],
    extras: ['29"', '27,5"', 'hydrauliczne tarcze', 'rama M', 'rama L'],
    sentences: BIKE_SENTENCES,
    price: [350, 4200],
    params: [STATE, ['framematerial', 'Materiał ramy', ['Aluminium=aluminium', 'Stal=steel']]],
  },
  {
    category: category(1167, 'dla-dzieci/meble-dla-dzieci/lozeczka', 'Dla Dzieci/Meble dla dzieci/Łóżeczka', 'cot'),
    things: ['Łóżeczko drewniane', 'Łóżeczko turystyczne', 'Łóżeczko niemowlęce 120x60'],
    brands: ['Sówka', 'Misio', 'Dąbek', 'Kołysanka'],
    extras: ['z materacem', 'z szufladą', 'białe', 'sosnowe', 'z przewijakiem'],
    sentences: [
      'Używane po jednym dziecku.',
      'Trzy poziomy wysokości, dwa szczebelki wyjmowane.',
      'Materac czysty, pokrowiec do prania.',
      'Złożone, do odbioru od ręki.',
      'Dom bez zwierząt i papierosów.',
    ],
    price: [60, 700],
    params: [STATE, ['color', 'Kolor', ['Biały=white', 'Sosna=pine', 'Szary=grey']]],
  },
  {
    category: category(1479, 'elektronika/sprzet-agd/zamrazarki', 'Elektronika/Sprzęt AGD/Zamrażarki', 'freezer'),
    things: ['Zamrażarka skrzyniowa', 'Zamrażarka szufladowa', 'Zamrażarka'],
    brands: ['Polaris', 'Śnieżka', 'Mrozek', 'Arktis'],
    extras: ['200 l', '150 l', 'No Frost', 'A++', '6 szuflad'],
    sentences: [
      'Sprawna, mrozi bez zarzutu.',
      'Używana dwa lata w garażu.',
      'Do wyniesienia potrzebne dwie osoby.',
      'Cicha, rozmrożona i umyta.',
      'Drobne wgniecenie z boku.',
    ],
    price: [250, 2100],
    params: [STATE, ['capacity', 'Pojemność', ['150 l=150', '200 l=200', '300 l=300']]],
  },
  {
    category: category(1839, 'elektronika/telefony/smartfony', 'Elektronika/Telefony/Smartfony', 'phone'),
    things: ['Smartfon', 'Telefon', 'Smartfon bez blokady'],
    brands: ['Bursztyn 12', 'Bursztyn 14 Pro', 'Perkoz A5', 'Perkoz A7', 'Iskra Mini'],
    extras: ['128 GB', '256 GB', 'czarny', 'niebieski', 'na gwarancji'],
    sentences: [
      'Bateria trzyma cały dzień.',
      'Szybka bez pęknięć, zawsze w etui.',
      'Komplet z ładowarką i pudełkiem.',
      'Możliwość sprawdzenia przy odbiorze.',
    ],
    price: [150, 3800],
    params: [STATE, ['builtinmemory', 'Wbudowana pamięć', ['128 GB=128', '256 GB=256']]],
  },
  {
    category: category(84, 'motoryzacja/samochody', 'Motoryzacja/Samochody', 'car'),
    things: ['Auto rodzinne', 'Kombi', 'Samochód miejski'],
    brands: ['Syrenka 105', 'Warta kombi', 'Bolid 1.4'],
    extras: ['klimatyzacja', 'po rozrządzie', 'pierwszy właściciel', 'LPG'],
    sentences: ['Serwisowany na bieżąco.', 'Przegląd ważny do jesieni.', 'Bez rdzy, garażowany.'],
    price: [4200, 58_000],
    params: [STATE, ['year', 'Rok produkcji', ['2012=2012', '2016=2016', '2019=2019']]],
  },
]

export const ROOT_CATEGORIES: readonly (readonly [number, string, string])[] = [
  [767, 'sport-hobby', 'Sport i Hobby'],
  [88, 'dla-dzieci', 'Dla Dzieci'],
  [99, 'elektronika', 'Elektronika'],
  [5, 'motoryzacja', 'Motoryzacja'],
]

/** A category that no goods are known for still has an id, so that its address can be asked by number too. */
const invented = new Map<string, Category>()

function pretty(segment: string): string {
  return segment.charAt(0).toUpperCase() + segment.slice(1).replaceAll('-', ' ')
}

function invent(path: readonly string[]): Category {
  const key = path.join('/')
  const known = invented.get(key)
  if (known !== undefined) return known
  const made: Category = { id: 100_000 + (hash(key) % 800_000), path, names: path.map(pretty), drawing: 'box' }
  invented.set(key, made)
  return made
}

function holds(path: readonly string[], segments: readonly string[]): boolean {
  return segments.every((segment) => path.includes(segment))
}

/** The category that an address names, and everything below it; null for no category at all. */
export function categoryAt(segments: readonly string[]): Category | null {
  if (segments.length === 0) return null
  const exact = GOODS.find((goods) => goods.category.path.join('/') === segments.join('/'))
  return exact?.category ?? invent(segments)
}

export function categoryById(id: number): Category | null {
  const sold = GOODS.find((goods) => goods.category.id === id)
  return sold?.category ?? [...invented.values()].find((one) => one.id === id) ?? null
}

/** Goods that are found under these segments; none for a category that the world does not stock. */
export function goodsUnder(segments: readonly string[]): readonly Goods[] {
  return GOODS.filter((goods) => holds(goods.category.path, segments))
}

export function isUnder(category: Category, segments: readonly string[]): boolean {
  return holds(category.path, segments)
}
