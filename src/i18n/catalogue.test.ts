import { type MessageFormatElement, parse as parseIcu, TYPE } from '@formatjs/icu-messageformat-parser'
import { expect, test } from 'vitest'
import { en } from './en'
import { pl } from './pl'

/** "watches.list.title" → its text, for every text of a catalogue. */
function texts(node: object, path = ''): [string, string][] {
  return Object.entries(node).flatMap(([key, value]): [string, string][] => {
    const here = path ? `${path}.${key}` : key
    return typeof value === 'string' ? [[here, value]] : texts(value, here)
  })
}

/** Null where the text is no ICU message; one test tells which those are. */
function tryParse(text: string): MessageFormatElement[] | null {
  try {
    return parseIcu(text)
  } catch {
    return null
  }
}

const parse = (text: string) => tryParse(text) ?? []

/** The name of everything that a text wants to be given: values, plurals, choices, tags. */
function wants(elements: readonly MessageFormatElement[]): string[] {
  return elements.flatMap((element) => {
    if (element.type === TYPE.literal || element.type === TYPE.pound) return []
    if (element.type === TYPE.tag) return [element.value, ...wants(element.children)]
    if (element.type !== TYPE.plural && element.type !== TYPE.select) return [element.value]
    return [element.value, ...Object.values(element.options).flatMap((option) => wants(option.value))]
  })
}

/** The forms of every plural in a text. */
function plurals(elements: readonly MessageFormatElement[]): string[][] {
  return elements.flatMap((element) => {
    if (element.type === TYPE.tag) return plurals(element.children)
    if (element.type !== TYPE.plural && element.type !== TYPE.select) return []
    const inner = Object.values(element.options).flatMap((option) => plurals(option.value))
    const isCardinal = element.type === TYPE.plural && element.pluralType === 'cardinal'
    return isCardinal ? [Object.keys(element.options), ...inner] : inner
  })
}

const unique = (names: string[]) => [...new Set(names)].sort()
const english = new Map(texts(en))
const polish = new Map(texts(pl))

test('every text exists in both languages', () => {
  expect([...polish.keys()].sort()).toEqual([...english.keys()].sort())
})

test("every text is a valid message: a bare < or { is written '<' or '{'", () => {
  const broken = [...english, ...polish].filter(([, text]) => !tryParse(text)).map(([key]) => key)
  expect(broken).toEqual([])
})

test('no text is empty', () => {
  const empty = [...english, ...polish].filter(([, text]) => text.trim() === '').map(([key]) => key)
  expect(empty).toEqual([])
})

test('a text wants the same values in both languages', () => {
  const different = [...english].filter(([key, text]) => {
    const other = polish.get(key)
    return other !== undefined && unique(wants(parse(text))).join() !== unique(wants(parse(other))).join()
  })
  expect(different.map(([key]) => key)).toEqual([])
})

test('every Polish plural has one, few, many and other', () => {
  const lacking = [...polish].filter(([, text]) =>
    plurals(parse(text)).some((forms) => !['one', 'few', 'many', 'other'].every((form) => forms.includes(form))),
  )
  expect(lacking.map(([key]) => key)).toEqual([])
})

test('every English plural has one and other', () => {
  const lacking = [...english].filter(([, text]) =>
    plurals(parse(text)).some((forms) => !['one', 'other'].every((form) => forms.includes(form))),
  )
  expect(lacking.map(([key]) => key)).toEqual([])
})

test('no text shouts', () => {
  const shouting = [...english, ...polish].filter(([, text]) => /!|\boops\b/i.test(text)).map(([key]) => key)
  expect(shouting).toEqual([])
})
