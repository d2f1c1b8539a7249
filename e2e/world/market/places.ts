import type { City, District, Region } from './advert.ts'
import { fold, slug } from './text.ts'

/** Names and coordinates of real cities; the ids are made up. */

function region(id: number, name: string): Region {
  return { id, name, slug: slug(name) }
}

function city(id: number, name: string, within: Region, lat: number, lon: number, districts: string): City {
  const named = districts.split(', ').map((district, n): District => ({ id: id * 10 + n, name: district }))
  return { id, name, slug: slug(name), region: within, lat, lon, districts: named }
}

const MALOPOLSKIE = region(4, 'Małopolskie')
const MAZOWIECKIE = region(2, 'Mazowieckie')
const DOLNOSLASKIE = region(3, 'Dolnośląskie')
const WIELKOPOLSKIE = region(1, 'Wielkopolskie')
const POMORSKIE = region(5, 'Pomorskie')
const LODZKIE = region(7, 'Łódzkie')
const LUBELSKIE = region(8, 'Lubelskie')
const SLASKIE = region(6, 'Śląskie')

export const CITIES: readonly City[] = [
  city(8959, 'Kraków', MALOPOLSKIE, 50.0614, 19.9372, 'Podgórze, Krowodrza, Nowa Huta, Prądnik Biały, Stare Miasto'),
  city(17901, 'Warszawa', MAZOWIECKIE, 52.2297, 21.0122, 'Mokotów, Ursynów, Wola, Praga-Południe, Bielany, Ochota'),
  city(19702, 'Wrocław', DOLNOSLASKIE, 51.1079, 17.0385, 'Krzyki, Fabryczna, Psie Pole, Śródmieście'),
  city(13983, 'Poznań', WIELKOPOLSKIE, 52.4064, 16.9252, 'Jeżyce, Rataje, Winogrady, Grunwald'),
  city(5659, 'Gdańsk', POMORSKIE, 54.352, 18.6466, 'Wrzeszcz, Oliwa, Przymorze, Zaspa'),
  city(10609, 'Łódź', LODZKIE, 51.7592, 19.456, 'Bałuty, Widzew, Polesie, Górna'),
  city(10119, 'Lublin', LUBELSKIE, 51.2465, 22.5684, 'Czuby, Kalinowszczyzna, Wieniawa'),
  city(7691, 'Katowice', SLASKIE, 50.2649, 19.0238, 'Ligota, Koszutka, Piotrowice'),
  city(19307, 'Wieliczka', MALOPOLSKIE, 49.987, 20.0648, 'Lednica Górna'),
]

export const REGIONS: readonly Region[] = [...new Set(CITIES.map((one) => one.region))]

export function cityBy(text: string): City | null {
  return CITIES.find((one) => one.slug === slug(text)) ?? null
}

export function regionBy(text: string): Region | null {
  return REGIONS.find((one) => one.slug === slug(text)) ?? null
}

export function districtBy(within: City, text: string): District {
  const known = within.districts.find((one) => fold(one.name) === fold(text))
  return known ?? { id: within.id * 10 + 9, name: text }
}

/** Great-circle distance in kilometres. */
export function kilometres(a: { lat: number; lon: number }, b: { lat: number; lon: number }): number {
  const rad = Math.PI / 180
  const s =
    Math.sin(((b.lat - a.lat) * rad) / 2) ** 2 +
    Math.cos(a.lat * rad) * Math.cos(b.lat * rad) * Math.sin(((b.lon - a.lon) * rad) / 2) ** 2
  return 12_742 * Math.asin(Math.sqrt(s))
}
