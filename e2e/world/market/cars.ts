import type { Random } from '../random.ts'
import type { Car, Category } from './advert.ts'
import { slug } from './text.ts'

/** Cars of the made-up Otomoto. */

type Named = { readonly slug: string; readonly name: string }
type Make = Named & { readonly models: readonly Named[] }

function make(name: string, models: string): Make {
  return { slug: slug(name), name, models: models.split(', ').map((model) => ({ slug: slug(model), name: model })) }
}

const MAKES: readonly Make[] = [
  make('Skoda', 'Octavia, Fabia, Superb'),
  make('Volkswagen', 'Passat, Golf, Polo'),
  make('Toyota', 'Corolla, Yaris, Auris'),
  make('Opel', 'Astra, Corsa, Insignia'),
  make('BMW', 'Seria 3, Seria 5, X1'),
  make('Kia', 'Ceed, Sportage, Rio'),
]

const FUELS: readonly Named[] = [
  { slug: 'petrol', name: 'Benzyna' },
  { slug: 'diesel', name: 'Diesel' },
  { slug: 'hybrid', name: 'Hybryda' },
  { slug: 'petrol-lpg', name: 'Benzyna+LPG' },
]

const GEARBOXES: readonly Named[] = [
  { slug: 'manual', name: 'Manualna' },
  { slug: 'automatic', name: 'Automatyczna' },
]

export const CARS: Category = { id: 29, path: ['osobowe'], names: ['Osobowe'], drawing: 'car' }

export function makeBy(text: string): Make | null {
  return MAKES.find((one) => one.slug === slug(text)) ?? null
}

export function modelBy(of: Make, text: string): Named | null {
  return of.models.find((one) => one.slug === slug(text)) ?? null
}

export function makeCar(random: Random, wanted: { make?: string | undefined; model?: string | undefined }): Car {
  const chosen = (wanted.make === undefined ? null : makeBy(wanted.make)) ?? random.pick(MAKES)
  const model = (wanted.model === undefined ? null : modelBy(chosen, wanted.model)) ?? random.pick(chosen.models)
  const year = random.int(2008, 2024)
  return {
    make: { slug: chosen.slug, name: chosen.name },
    model,
    year,
    mileage: random.int(4, 14) * 1000 * (2026 - year) + random.int(0, 999),
    fuel: random.pick(FUELS),
    gearbox: random.pick(GEARBOXES),
    power: random.int(75, 240),
    capacity: random.pick([999, 1197, 1395, 1598, 1968, 1995]),
  }
}

export function carTitle(car: Car, random: Random): string {
  const extra = random.pick(['Kombi', 'Salon Polska', 'Bezwypadkowy', 'Drugi właściciel', 'Faktura', 'Serwisowany'])
  return `${car.make.name} ${car.model.name} ${(car.capacity / 1000).toFixed(1)} ${car.fuel.name} ${extra}`
}

export const CAR_SENTENCES: readonly string[] = [
  'Auto w bardzo dobrym stanie technicznym.',
  'Książka serwisowa prowadzona do końca.',
  'Dwa komplety kół, hak i bagażnik dachowy.',
  'Rozrząd wymieniony przy ostatnim przeglądzie.',
  'Lakier w oryginale, drobne odpryski na masce.',
  'Możliwość sprawdzenia w dowolnym warsztacie.',
]
