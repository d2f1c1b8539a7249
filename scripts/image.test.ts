import { execFile } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { build, stop } from 'esbuild'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startWorld, type World } from '../e2e/world/world'
import { findBrowser } from '../src/http/find-browser'
import { bundleOptions } from './bundle'
import { ROOT } from './root'

/** The image cannot be built here: what its last stage copies is laid out in a folder outside the checkout, and run there. */

const executable = findBrowser(process.env.GLEANER_BROWSER)
if (executable === null) process.stdout.write('no browser: the test of the image is skipped\n')
const run = promisify(execFile)

/** Paths that the image takes from its first stage. */
function copied(): readonly string[] {
  const lines = readFileSync(join(ROOT, 'Dockerfile'), 'utf8').matchAll(/^COPY --from=build \/app\/(\S+) (\S+)$/gm)
  return [...lines].map(([, from = '']) => from)
}

describe.skipIf(executable === null)('the image', { timeout: 120_000 }, () => {
  const held: { folder?: string; world?: World } = {}

  beforeAll(async () => {
    const folder = mkdtempSync(join(tmpdir(), 'gleaner-image-'))
    held.folder = folder
    for (const path of copied()) {
      // The web's own build is the business of the end-to-end tests; what stands here is run by node alone.
      if (path === 'dist' || path.startsWith('.next')) continue
      mkdirSync(dirname(join(folder, path)), { recursive: true })
      cpSync(join(ROOT, path), join(folder, path), { recursive: true, dereference: true })
    }
    await build({ ...bundleOptions({ cli: 'src/cli/main.ts' }, 'production'), outdir: join(folder, 'dist') })
    await stop()
    held.world = await startWorld()
  })

  afterAll(async () => {
    await held.world?.close()
    if (held.folder) rmSync(held.folder, { recursive: true })
  })

  async function gleaner(...args: readonly string[]) {
    const { folder = '', world } = held
    const { PATH } = process.env
    const env: NodeJS.ProcessEnv = {
      PATH,
      NODE_ENV: 'production',
      GLEANER_ALLOW_ORIGINS: '1',
      GLEANER_BROWSER: executable ?? '',
      ...world?.env(),
    }
    const { stdout } = await run(process.execPath, [join(folder, 'scripts', 'gleaner.mjs'), ...args], {
      cwd: folder,
      env,
    })
    return JSON.parse(stdout)
  }

  it('holds what its processes load beside their bundles, and names the browser that it installs', () => {
    const external = bundleOptions({}).external ?? []
    expect(copied()).toContain('node_modules/playwright-core')
    expect(external).toContain('playwright-core')
    expect(existsSync(join(held.folder ?? '', 'src'))).toBe(false)
    const dockerfile = readFileSync(join(ROOT, 'Dockerfile'), 'utf8')
    expect(dockerfile).toMatch(/apt-get install -y --no-install-recommends chromium/)
    expect(dockerfile).toContain('GLEANER_BROWSER=/usr/bin/chromium')
  })

  it('opens a page of its own in the browser, whose scripts run', async () => {
    expect(await gleaner('doctor', 'browser', '--json')).toMatchObject({ ok: true, title: 'its scripts ran' })
  })

  it('fetches a page of a marketplace by the browser, which says its name', async () => {
    const url = 'https://www.olx.pl/sport-hobby/rowery/krakow/'
    held.world?.market.seedMarket(3, { matching: url })
    expect(await gleaner('doctor', 'browser', '--url', url, '--json')).toMatchObject({ ok: true, status: 200 })
    const [asked] = held.world?.market.requests.slice(-1) ?? []
    expect(asked).toMatchObject({ path: '/sport-hobby/rowery/krakow/', status: 200 })
    expect(asked?.headers['user-agent']).toMatch(/HeadlessChrome.*Gleaner/)
  })
})
