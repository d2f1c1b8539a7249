import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createTestDeps } from '@/accounts/testing'
import { keepBadPage } from '@/bargains/searches/keep-bad-page'
import { openTestDatabase } from '@/db/testing'
import { createLocalStorage } from '@/storage/local'
import { openTestCli } from './testing'

const opened = openTestDatabase()
const { folder, gleaner } = openTestCli(opened, 'doctor-sources-test')

/** A page that the release before this one could not read. */
async function keepPage(url: string): Promise<void> {
  const state = JSON.stringify({ listing: { listing: { ads: [], visibleElements: 0, totalElements: 0 } } })
  const html = `<html><script>window.__PRERENDERED_STATE__= ${JSON.stringify(state)};</script></html>`
  const deps = { ...createTestDeps(opened.db), storage: createLocalStorage(join(folder, 'files')) }
  const known = {
    host: 'www.olx.pl',
    source: 'olx',
    searchId: null,
    status: 200,
    headers: {},
    way: 'plain',
    variant: '',
  }
  const verdict = { verdict: 'changed', reason: 'no state' }
  await keepBadPage(deps, { ...known, ...verdict, url, bytes: Buffer.from(html) })
}

test('doctor sources reads the kept pages again, and parse prints one of them', async () => {
  expect((await gleaner('doctor', 'sources')).out).toContain('No page is kept')
  await keepPage('https://www.olx.pl/rowery/')
  const { code, out } = await gleaner('doctor', 'sources', '--json')
  const [page] = JSON.parse(out)
  expect([code, page]).toMatchObject([0, { host: 'www.olx.pl', before: 'changed', now: 'empty', items: 0 }])
  expect((await gleaner('doctor', 'sources', '--host', 'www.olx.pl')).out).toContain('changed → empty')
  expect((await gleaner('doctor', 'sources', '--host', 'www.otomoto.pl')).out).toContain('No page is kept')
  const parsed = await gleaner('parse', `kept:${page.id}`, '--json')
  expect(JSON.parse(parsed.out)).toMatchObject({ source: 'olx', verdict: 'empty' })
  expect((await gleaner('parse', 'kept:nothing')).code).toBe(1)
})
