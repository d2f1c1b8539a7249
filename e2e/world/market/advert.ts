/** What an advert of the made-up marketplace is. Prices are in whole złoty, as the sites write them. */

export type Site =
  | ('olx' | 'otomoto')
  | ('olx-ua' | 'olx-ro' | 'olx-uz' | 'olx-br' | 'otodom' | 'vinted' | 'willhaben' | 'marktplaats')
  | ('kleinanzeigen' | 'sprzedajemy')
  /** Any page with JSON-LD, and any feed. */
  | ('shop' | 'feed')
export type Drawing = 'bike' | 'cot' | 'freezer' | 'phone' | 'car' | 'box'

export type Category = {
  readonly id: number
  /** The segments of its address: `['sport-hobby', 'rowery', 'rowery-miejskie']`. */
  readonly path: readonly string[]
  readonly names: readonly string[]
  readonly drawing: Drawing
}

export type District = { readonly id: number; readonly name: string }
export type Region = { readonly id: number; readonly slug: string; readonly name: string }
export type City = {
  readonly id: number
  readonly slug: string
  readonly name: string
  readonly region: Region
  readonly lat: number
  readonly lon: number
  readonly districts: readonly District[]
}

export type Param = { readonly key: string; readonly name: string; readonly value: string; readonly normalized: string }

export type AskingPrice =
  | { readonly kind: 'fixed'; readonly amount: number; readonly negotiable: boolean }
  /** "Do uzgodnienia": the amount stays filled. */
  | { readonly kind: 'arranged'; readonly amount: number; readonly negotiable: true }
  | { readonly kind: 'free' | 'exchange'; readonly amount: null; readonly negotiable: false }

export type Seller = {
  readonly id: number
  readonly uuid: string
  readonly name: string
  readonly business: boolean
  readonly since: Date
}

export type Car = {
  readonly make: { readonly slug: string; readonly name: string }
  readonly model: { readonly slug: string; readonly name: string }
  readonly year: number
  readonly mileage: number
  readonly fuel: { readonly slug: string; readonly name: string }
  readonly gearbox: { readonly slug: string; readonly name: string }
  readonly power: number
  readonly capacity: number
}

export type Advert = {
  readonly id: string
  readonly site: Site
  readonly title: string
  readonly description: string
  readonly category: Category
  readonly price: AskingPrice
  /** The price before the last change, as the sites' "previous_value". */
  readonly previous: number | null
  readonly city: City
  readonly district: District | null
  readonly lat: number
  readonly lon: number
  readonly seller: Seller
  readonly photos: readonly string[]
  readonly params: readonly Param[]
  readonly createdAt: Date
  readonly refreshedAt: Date
  /** Set by a bump, else null: the sites say "Odświeżono" only then. */
  readonly pushedUpAt: Date | null
  readonly promoted: boolean
  readonly state: 'active' | 'removed' | 'held'
  readonly car: Car | null
  /** Which picture is drawn: a repost shows the same one under another id. */
  readonly picture: string
}

/** What `publish` may be told; everything else is made up. */
export type Wish = {
  readonly site?: Site
  /** The address of a search that the advert must be found by: gives site, category, place, words and price range. */
  readonly matching?: string
  readonly title?: string
  /** Words that the made-up title begins with. */
  readonly words?: string
  readonly description?: string
  /** `sport-hobby/rowery/rowery-miejskie`, or a part of it. */
  readonly category?: string
  readonly price?: number | 'free' | 'exchange'
  readonly arranged?: boolean
  readonly negotiable?: boolean
  /** Slug or name. */
  readonly city?: string
  readonly district?: string
  readonly seller?: string
  readonly business?: boolean
  /** How many, or absolute URLs of your own. */
  readonly photos?: number | readonly string[]
  readonly promoted?: boolean
  /** When it was first published; the world's now by default. */
  readonly at?: Date
  readonly params?: readonly Param[]
  readonly make?: string
  readonly model?: string
  readonly picture?: string
}
