import { existsSync } from 'node:fs'
import { chromium } from '@playwright/test'
import { runStep } from './run-step.ts'

const USUAL_PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

const ADVICE = 'Install Chromium or Chrome, or set GLEANER_BROWSER to the path of one, and run npm test again.'

/** The path of a browser for the tests; installs one where it can. Throws with what to do where it cannot. */
export async function findBrowser(): Promise<string> {
  const wanted = process.env.GLEANER_BROWSER
  if (wanted && !existsSync(wanted)) throw new Error(`GLEANER_BROWSER: there is no ${wanted}`)
  const found = wanted || installed()
  if (found) return found
  await install()
  const now = installed()
  if (!now) throw new Error(`There is no browser, and none could be installed. ${ADVICE}`)
  return now
}

function installed(): string | undefined {
  return [...USUAL_PLACES, chromium.executablePath()].find((path) => existsSync(path))
}

/** Debian's for root, for it brings its libraries; Playwright's own elsewhere. */
async function install(): Promise<void> {
  console.log('No browser found; installing one')
  const isRoot = process.getuid?.() === 0
  if (isRoot && existsSync('/usr/bin/apt-get') && (await installByApt())) return
  await runStep({ name: 'playwright install chromium', command: 'playwright', args: ['install', 'chromium'] })
}

async function installByApt(): Promise<boolean> {
  const env = { DEBIAN_FRONTEND: 'noninteractive' }
  await runStep({ name: 'apt-get update', command: 'apt-get', args: ['update'], env })
  const args = ['install', '-y', '--no-install-recommends', 'chromium', 'fonts-liberation']
  return (await runStep({ name: 'apt-get install chromium', command: 'apt-get', args, env })).ok
}
