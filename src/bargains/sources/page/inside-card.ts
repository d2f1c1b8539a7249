import type { CheerioAPI } from 'cheerio/slim'

export function elementsOf(tree: CheerioAPI, selector: string) {
  return tree(selector)
    .toArray()
    .flatMap((node) => ('tagName' in node ? [node] : []))
}

export type CardElement = ReturnType<typeof elementsOf>[number]
type CardNode = CardElement['children'][number]

/** Every element of a card once, in its order: seven questions to the selector engine cost more than the whole tree. */
export function elementsIn(element: CardElement, found: CardElement[] = []): readonly CardElement[] {
  for (const node of element.children) {
    if (!('tagName' in node)) continue
    found.push(node)
    elementsIn(node, found)
  }
  return found
}

/** Whether one of `names` is among the element's classes. */
export function hasClass(element: CardElement, ...names: readonly string[]): boolean {
  const given = element.attribs.class
  return given !== undefined && names.some((name) => given.includes(name) && given.split(/\s+/).includes(name))
}

/** The text of an element as a reader would copy it, without that of the elements that `without` names by class. */
export function textIn(element: CardElement | undefined, without?: string): string {
  return element ? element.children.map((node) => textOfNode(node, without)).join('') : ''
}

export function textOfNode(node: CardNode, without?: string): string {
  if (node.type === 'text') return node.data
  if (node.type !== 'tag') return ''
  return without !== undefined && hasClass(node, without) ? '' : textIn(node, without)
}
