import { readFileSync } from 'node:fs'
import { type MessageFormatElement, parse, TYPE } from '@formatjs/icu-messageformat-parser'
import compileCatalogue from 'next-intl/extractor/catalogLoader'
import { createElement, type ReactNode } from 'react'
import { _createCache, _createIntlFormatters, type RichTranslationValues } from 'use-intl/core'
import formatText from 'use-intl/format-message'
import formatCompiled from 'use-intl/format-message/format-only'
import { expect, test } from 'vitest'
import { en } from './en'
import { pl } from './pl'

/** Messages, raw (texts) or compiled (texts or arrays), by their keys. */
type Node = string | readonly unknown[] | { readonly [key: string]: Node }

/** A namespace as the build of the pages compiles it: by the very loader. */
async function compile(locale: string, namespace: string): Promise<Node> {
  const resourcePath = `${import.meta.dirname}/${locale}/${namespace}.json`
  const module = await new Promise<string>((resolve, reject) => {
    const loader = {
      resourcePath,
      rootContext: import.meta.dirname,
      getOptions: () => ({ messages: { format: 'json', precompile: true } }),
      async: () => (error: Error | null, code?: string) => (error ? reject(error) : resolve(code ?? '')),
    }
    Reflect.apply(compileCatalogue, loader, [readFileSync(resourcePath, 'utf8')])
  })
  return JSON.parse(JSON.parse(module.slice(module.indexOf('"'), module.lastIndexOf('"') + 1)))
}

/** "list.title" → what stands there. */
function leaves(node: Node, path = ''): [string, string | readonly unknown[]][] {
  if (typeof node === 'string' || isCompiled(node)) return [[path, node]]
  return Object.entries(node).flatMap(([key, value]) => leaves(value, path ? `${path}.${key}` : key))
}

function isCompiled(node: object): node is readonly unknown[] {
  return Array.isArray(node)
}

const moment = new Date('2026-03-01T22:30:00Z')

/** What an element may be given, and so on for what is inside of it. */
function samples(elements: readonly MessageFormatElement[]): [string, readonly unknown[]][] {
  return elements.flatMap((element): [string, readonly unknown[]][] => {
    if (element.type === TYPE.argument) return [[element.value, ['Łódź & <b>', 12_345.5]]]
    if (element.type === TYPE.number) return [[element.value, [0, 1, -1234.567, 1_000_000]]]
    if (element.type === TYPE.date || element.type === TYPE.time) return [[element.value, [moment]]]
    if (element.type === TYPE.tag) return [[element.value, [tag(element.value)]], ...samples(element.children)]
    if (element.type !== TYPE.plural && element.type !== TYPE.select) return []
    const given = element.type === TYPE.plural ? COUNTS : [...Object.keys(element.options), 'unknown']
    return [[element.value, given], ...Object.values(element.options).flatMap(({ value }) => samples(value))]
  })
}

/** All of one, few, many and other in Polish; fractions; and enough for a thousands separator. */
const COUNTS = [0, 1, 2, 4, 5, 12, 21, 22, 112, 1.5, 54_321]

function tag(name: string) {
  return (chunks: ReactNode) => createElement(name, {}, chunks)
}

/** Every mix of the samples. */
function mixes(names: readonly [string, readonly unknown[]][]): RichTranslationValues[] {
  return [...new Map(names)].reduce<RichTranslationValues[]>(
    // The samples are of the types that a text may be given.
    (all, [name, values]) => all.flatMap((one) => values.map((value) => ({ ...one, [name]: value }) as typeof one)),
    [{}],
  )
}

const formatters = _createIntlFormatters(_createCache())

test.each([
  ['en', en],
  ['pl', pl],
] as const)(
  'every text in %s reads the same compiled, as pages have it, and as it is, as bot and mail have it',
  async (locale, catalogue) => {
    const options = { locale, timeZone: 'Europe/Warsaw', formatters, cache: _createCache() }
    let formatted = 0
    for (const [namespace, texts] of Object.entries(catalogue)) {
      const compiled = new Map(leaves(await compile(locale, namespace)))
      for (const [key, text] of leaves(texts)) {
        const short = compiled.get(key)
        if (typeof text !== 'string' || short === undefined) throw new Error(`${namespace}.${key} was not compiled`)
        for (const values of mixes(samples(parse(text)))) {
          // Compiled messages are arrays of a shape that only the formatter knows.
          const one = formatCompiled(key, short as Parameters<typeof formatCompiled>[1], values, options)
          expect.soft(flat(one), `${namespace}.${key}`).toEqual(flat(formatText(key, text, values, options)))
          formatted++
        }
      }
    }
    expect(formatted).toBeGreaterThan(1000)
  },
)

/** One piece of text or several in a row are drawn alike. */
function flat(node: ReactNode): unknown {
  return JSON.stringify([node].flat(), (_key, value) => (Array.isArray(value) ? merge(value) : value))
}

function merge(nodes: readonly unknown[]): unknown[] {
  const merged: unknown[] = []
  for (const node of nodes) {
    const last = merged.at(-1)
    if (typeof node === 'string' && typeof last === 'string') merged.splice(-1, 1, last + node)
    else merged.push(node)
  }
  return merged
}
