import { expect, it } from 'vitest'
import { bookmarkletFor, MOST_LETTERS, readHanded } from './rules-bookmarklet'

const SITE = 'https://www.olx.pl'
const page = { type: 'gleaner:page', url: `${SITE}/rowery/`, html: '<html></html>' }

type Listener = (event: { origin: string; source: unknown; data: unknown }) => void

/** Runs the bookmark on a page as a browser would. */
function click(origin: string) {
  const sent: unknown[] = []
  const opened = { postMessage: (...all: unknown[]) => sent.push(all) }
  const listeners = new Set<Listener>()
  const code = decodeURIComponent(bookmarkletFor(origin).replace(/^javascript:/, ''))
  const addresses: string[] = []
  const open = (address: string) => {
    addresses.push(address)
    return opened
  }
  const document = { documentElement: { outerHTML: page.html } }
  const names = ['open', 'addEventListener', 'removeEventListener', 'location', 'document']
  const add = (_: string, listener: Listener) => listeners.add(listener)
  const remove = (_: string, listener: Listener) => listeners.delete(listener)
  new Function(...names, code)(open, add, remove, { href: page.url }, document)
  const hear: Listener = (event) => {
    for (const listener of [...listeners]) listener(event)
  }
  return { addresses, sent, opened, hear }
}

it('the bookmark hands the page to Gleaner alone, once, when Gleaner asks for it', () => {
  const { addresses, sent, opened, hear } = click('https://gleaner.example')
  expect(addresses).toEqual(['https://gleaner.example/push'])
  hear({ origin: 'https://evil.example', source: opened, data: 'gleaner:ready' })
  hear({ origin: 'https://gleaner.example', source: {}, data: 'gleaner:ready' })
  hear({ origin: 'https://gleaner.example', source: opened, data: 'other' })
  expect(sent).toEqual([])
  hear({ origin: 'https://gleaner.example', source: opened, data: 'gleaner:ready' })
  hear({ origin: 'https://gleaner.example', source: opened, data: 'gleaner:ready' })
  expect(sent).toEqual([[page, 'https://gleaner.example']])
})

it('a page is taken of the site that sends it, and of no other', () => {
  expect(readHanded(page, SITE)).toEqual({ url: page.url, html: page.html })
  expect(readHanded(page, 'https://evil.example')).toBeNull()
  expect(readHanded({ ...page, url: 'javascript:alert(1)' }, 'null')).toBeNull()
})

it.each([null, 'gleaner:page', {}, { ...page, type: 'other' }, { ...page, html: 7 }, { ...page, url: undefined }])(
  'what is no page is left alone: %o',
  (data) => expect(readHanded(data, SITE)).toBeNull(),
)

it('a page that is too long is left alone', () => {
  expect(readHanded({ ...page, html: 'x'.repeat(MOST_LETTERS + 1) }, SITE)).toBeNull()
})
