import { kleinanzeigen } from './kleinanzeigen.ts'
import { marktplaats } from './marktplaats.ts'
import { olxBr } from './olx-br.ts'
import { olxSister } from './olx-sister.ts'
import { feed, shop } from './open-web.ts'
import { otodom } from './otodom.ts'
import type { OtherSite } from './site.ts'
import { sprzedajemy } from './sprzedajemy.ts'
import { vinted } from './vinted.ts'
import { willhaben } from './willhaben.ts'

/** Every marketplace beside OLX.pl and Otomoto. */
export const OTHER_SITES: readonly OtherSite[] = [
  olxSister({ site: 'olx-ua', domain: 'olx.ua', currency: 'UAH', sign: 'грн.' }),
  olxSister({ site: 'olx-ro', domain: 'olx.ro', currency: 'RON', sign: 'lei' }),
  olxSister({ site: 'olx-uz', domain: 'olx.uz', currency: 'UZS', sign: 'сум' }),
  ...[olxBr, otodom, vinted, willhaben, marktplaats, kleinanzeigen, sprzedajemy, shop, feed],
]

/** By host name; subdomains are the same site. */
export function otherSite(host: string): OtherSite | null {
  return OTHER_SITES.find((one) => one.host === host || host.endsWith(`.${one.host}`)) ?? null
}
