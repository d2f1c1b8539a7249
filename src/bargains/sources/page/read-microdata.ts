import type { CheerioAPI } from 'cheerio/slim'

/** Only what is asked of a node of the DOM here. */
type Node = {
  readonly type: string
  readonly name?: string
  readonly attribs?: Readonly<Record<string, string>>
  readonly data?: string
  readonly children?: readonly unknown[]
}

type Scope = Record<string, unknown>
type Visit = { readonly node: Node; readonly scope: Scope | null; readonly depth: number }

const MOST_SCOPES = 20_000
const DEEPEST_SCOPE = 30
/** Of one property, and of all of them together: properties may stand in one another. */
const MOST_TEXT = 20_000
const MOST_TEXT_IN_ALL = 4_000_000

export function hasMicrodata(bytes: Buffer): boolean {
  return bytes.includes('itemscope') && bytes.includes('schema.org/')
}

/** The microdata of a page as objects like those of JSON-LD: `@type`, `@id`, and each property by its name. */
export function readMicrodata(dom: CheerioAPI): readonly unknown[] {
  const roots: Scope[] = []
  const budget = { scopes: 0, text: MOST_TEXT_IN_ALL }
  const visits: Visit[] = [{ node: dom.root()[0] as Node, scope: null, depth: 0 }]
  for (let visit = visits.pop(); visit; visit = visits.pop()) {
    const inside = enter(visit, roots, budget)
    const children = visit.node.children ?? []
    // Backwards onto the stack, so that they come off it in the page's order.
    for (let i = children.length - 1; i >= 0; i--) visits.push({ node: children[i] as Node, ...inside })
  }
  return roots
}

type Budget = { scopes: number; text: number }

function enter({ node, scope, depth }: Visit, roots: Scope[], budget: Budget): Omit<Visit, 'node'> {
  const attribs = node.attribs
  if (!attribs) return { scope, depth }
  const names = (attribs.itemprop ?? '').split(/\s+/).filter((name) => name !== '' && name !== '__proto__')
  const opens = 'itemscope' in attribs && budget.scopes < MOST_SCOPES && depth < DEEPEST_SCOPE
  if (!opens) {
    if (scope && names.length > 0 && !('itemscope' in attribs)) {
      const value = propertyOf(node, attribs, budget)
      for (const name of names) put(scope, name, value)
    }
    return { scope, depth }
  }
  budget.scopes += 1
  const own: Scope = { '@type': (attribs.itemtype ?? '').split(/\s+/).filter(Boolean) }
  if (attribs.itemid) own['@id'] = attribs.itemid
  if (scope && names.length > 0) for (const name of names) put(scope, name, own)
  else roots.push(own)
  return { scope: own, depth: depth + 1 }
}

function put(scope: Scope, name: string, value: unknown): void {
  const old = scope[name]
  if (old === undefined) scope[name] = value
  else if (Array.isArray(old)) old.push(value)
  else scope[name] = [old, value]
}

function propertyOf(node: Node, attribs: Readonly<Record<string, string>>, budget: Budget): string {
  const named = attribs.content ?? attribs.href ?? attribs.src ?? attribs.datetime ?? attribs.value
  return named ?? textOf(node, budget)
}

/** All text below a node, in its order; line breaks where `<br>` stands. */
function textOf(node: Node, budget: Budget): string {
  let text = ''
  const visits: Node[] = [node]
  for (let here = visits.pop(); here && text.length < MOST_TEXT && budget.text > 0; here = visits.pop()) {
    if (here.name === 'script' || here.name === 'style') continue
    if (here.name === 'br') text += '\n'
    if (here.type === 'text') text += here.data ?? ''
    budget.text -= 1 + (here.type === 'text' ? (here.data ?? '').length : 0)
    const children = here.children ?? []
    for (let i = children.length - 1; i >= 0; i--) visits.push(children[i] as Node)
  }
  return text
    .slice(0, MOST_TEXT)
    .replace(/[^\S\n]+/g, ' ')
    .trim()
}
