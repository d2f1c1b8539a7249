import { asArray, asObject, asObjects, asText, type JsonObject } from './read-json'

/** An advert's node as the page has it; `link` and `name` are those of the list entry around it. */
export type SchemaNode = { readonly node: JsonObject; readonly listed: boolean; readonly link: unknown }

export type SchemaNodes = {
  readonly nodes: readonly SchemaNode[]
  /** The page has a list of schema.org, and it is empty. */
  readonly emptyList: boolean
}

const ADVERTS = new Set([
  ...['Product', 'IndividualProduct', 'SomeProducts', 'ProductModel', 'ProductGroup', 'Offer', 'OfferForPurchase'],
  ...['OfferForLease', 'Vehicle', 'Car', 'Motorcycle', 'MotorizedBicycle', 'BusOrCoach', 'RealEstateListing'],
  ...['Apartment', 'House', 'SingleFamilyResidence', 'Residence', 'Accommodation'],
])
const LISTS = new Set(['ItemList', 'OfferCatalog', 'Collection'])
/** Lists of links that are the site's own furniture. */
const FURNITURE = new Set(['BreadcrumbList', 'SiteNavigationElement', 'Breadcrumb'])
/** What may hold adverts; what merely resembles or accompanies one (`isRelatedTo`, `review`) is not followed. */
const HOLDERS = [
  ...['@graph', 'mainEntity', 'mainEntityOfPage', 'itemListElement', 'item', 'hasPart', 'hasOfferCatalog'],
  ...['makesOffer', 'offers', 'itemOffered'],
]
/** Far more than a page shows, so that what follows can tell that there are too many. */
const MOST_NODES = 1_500
const DEEPEST = 40

/** The adverts among values of JSON-LD or microdata, in their order. */
export function collectSchema(values: readonly unknown[]): SchemaNodes {
  const found: SchemaNode[] = []
  const state = { emptyList: false }
  collect(values, { listed: false, link: null, depth: 0 }, found, state)
  return { nodes: found, emptyList: state.emptyList && found.length === 0 }
}

/** The names of its types, without their vocabulary: `https://schema.org/Product` is `Product`. */
export function typesOf(node: JsonObject): readonly string[] {
  const types = asArray(node['@type']) ?? [node['@type']]
  return types.flatMap((type) => {
    const name = asText(type)
    const isForeign = name === null || (name.includes('//') && !name.includes('schema.org/'))
    return isForeign ? [] : name.replace(/^.*[/#:]/, '')
  })
}

type Around = { readonly listed: boolean; readonly link: unknown; readonly depth: number }

function collect(value: unknown, around: Around, found: SchemaNode[], state: { emptyList: boolean }): void {
  if (found.length >= MOST_NODES || around.depth > DEEPEST) return
  const deeper = { ...around, depth: around.depth + 1 }
  const list = asArray(value)
  if (list) {
    for (const one of list) collect(one, deeper, found, state)
    return
  }
  const node = asObject(value)
  if (!node) return
  const types = typesOf(node)
  if (types.some((type) => FURNITURE.has(type))) return
  if (types.some((type) => ADVERTS.has(type)) || isPricedEntry(node, types)) {
    add(node, around, found)
    return
  }
  const isList = types.some((type) => LISTS.has(type))
  if (isList && asArray(node.itemListElement)?.length === 0) state.emptyList = true
  const link = types.includes('ListItem') ? (node.url ?? around.link) : around.link
  const inside = { ...deeper, listed: around.listed || isList, link }
  for (const key of HOLDERS) if (key in node) collect(node[key], inside, found, state)
}

/** An entry of a list that is no advert by its type, but names a thing and its price. */
function isPricedEntry(node: JsonObject, types: readonly string[]): boolean {
  return types.includes('ListItem') && !('item' in node) && asText(node.name) !== null && 'offers' in node
}

/** Some pages call the whole list one product, with every advert as an offer of it. */
function add(node: JsonObject, { listed, link }: Around, found: SchemaNode[]): void {
  const offers = asArray(asObject(node.offers)?.offers) ?? asArray(node.offers)
  const own = asObjects(offers, MOST_NODES).filter((offer) => asText(offer.name) && asText(offer.url))
  if (own.length > 1) found.push(...own.map((offer) => ({ node: offer, listed: true, link: null })))
  else found.push({ node, listed, link })
}
