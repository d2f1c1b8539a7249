import { asArray, asObject, asText } from '../page/read-json'

/** Readers of what the XML parser gives: attributes under `@name`, CDATA under `#cdata`, entities as they were written. */

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

/** XML's own five and numbers, once; nothing that a document could define. */
export function decodeXml(text: string): string {
  return text.replace(/&(?:(amp|lt|gt|quot|apos)|#(\d{1,7})|#x([\da-f]{1,6}));/gi, (whole, name, dec, hex) => {
    if (name) return NAMED[String(name).toLowerCase()] ?? whole
    const code = dec ? Number(dec) : Number.parseInt(hex, 16)
    return code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff) ? String.fromCodePoint(code) : whole
  })
}

/** The text of an element: plain text with its entities read, CDATA as it stands. The first of several. */
export function textOf(value: unknown): string | null {
  const one = asArray(value)?.[0] ?? value
  if (typeof one === 'string') return asText(decodeXml(one))
  const element = asObject(one)
  if (!element) return null
  const cdata = (asArray(element['#cdata']) ?? [element['#cdata']]).map(asText).filter((text) => text !== null)
  const plain = asText(element['#text'])
  return asText([plain === null ? '' : decodeXml(plain), ...cdata].join(''))
}

export function attribute(value: unknown, name: string): string | null {
  const text = asText(asObject(asArray(value)?.[0] ?? value)?.[`@${name}`])
  return text === null ? null : asText(decodeXml(text))
}

/** The address of Atom's `<link rel>`, also inside RSS; `alternate` is what a link without `rel` is. */
export function linkTo(value: unknown, rel: string): string | null {
  const element = asObject(value)
  for (const name of ['link', 'atom:link', 'atom10:link']) {
    const links = asArray(element?.[name]) ?? [element?.[name]]
    const found = links.find((link) => (attribute(link, 'rel') ?? 'alternate') === rel && attribute(link, 'href'))
    if (found !== undefined) return attribute(found, 'href')
  }
  return null
}

/** Every element of these names, in their order. */
export function elements(value: unknown, ...names: readonly string[]): readonly unknown[] {
  const element = asObject(value)
  return names.flatMap((name) => {
    const found = element?.[name]
    return found === undefined ? [] : (asArray(found) ?? [found])
  })
}

/** The text of the first of these elements that has one. */
export function firstText(value: unknown, ...names: readonly string[]): string | null {
  return (
    elements(value, ...names)
      .map(textOf)
      .find((text) => text !== null) ?? null
  )
}
