import { type Random, randomOf } from '../random.ts'
import { captchaPage } from './blocked-pages.ts'
import type { Page } from './render.ts'

/** What happens to a page between one day and the next, by a seed: some field is lost, renamed or stands deeper. */
export type Mutation = 'drop' | 'rename' | 'nest' | 'truncate' | 'encode' | 'captcha'
export const MUTATIONS: readonly Mutation[] = ['drop', 'rename', 'nest', 'truncate', 'encode', 'captcha']

export function mutate(page: Page, how: Mutation, seed: number): Page {
  if (typeof page.body !== 'string') return page
  const random = randomOf(`mutate/${how}/${seed}`)
  if (how === 'captcha') return { ...page, body: captchaPage() }
  if (how === 'truncate') return { ...page, body: page.body.slice(0, random.int(0, page.body.length - 1)) }
  if (how === 'encode') return { ...page, body: Buffer.from(page.body, random.pick(['latin1', 'utf16le'] as const)) }
  return { ...page, body: changeField(page.body, how, random) }
}

/** A key of JSON (in a string literal its quotes are escaped) or, where there is none, a name in the elements. */
function changeField(body: string, how: 'drop' | 'rename' | 'nest', random: Random): string {
  const keys = [...new Set([...body.matchAll(/(\\?)"([A-Za-z_]\w{1,30})\1":/g)].map(([, , key]) => key ?? ''))]
  if (keys.length < 5) return changeName(body, how, random)
  const key = random.pick(keys)
  const named = new RegExp(`(\\\\?)"${key}\\1":`, 'g')
  if (how === 'nest')
    return body.replace(
      scalarOf(key),
      (_, slash, value) => `${slash}"${key}${slash}":{${slash}"value${slash}":${value}}`,
    )
  return body.replace(named, (_, slash) => `${slash}"${how === 'drop' ? 'x' : `${key}V2`}${slash}":`)
}

/** The key with a text, number or truth value behind it. */
function scalarOf(key: string): RegExp {
  return new RegExp(`(\\\\?)"${key}\\1":(\\1"(?:[^"\\\\]|\\\\\\\\.)*?\\1"|-?[\\d.]+|true|false|null)`, 'g')
}

function changeName(body: string, how: 'drop' | 'rename' | 'nest', random: Random): string {
  const names = [
    ...new Set([...body.matchAll(/ (?:class|id|data-[\w-]+|itemprop)="([^"]{2,60})"/g)].map(([, name]) => name ?? '')),
  ]
  const name = names.length === 0 ? '' : random.pick(names)
  if (name === '') return body
  if (how === 'nest') return body.replaceAll(`"${name}"`, `"outer"><span class="${name}"`)
  return body.replaceAll(`="${name}"`, how === 'drop' ? '=""' : `="${name}-v2"`)
}
