import { existsSync } from 'node:fs'

const USUAL_PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

/** The path of a Chromium: `GLEANER_BROWSER` (`off`: none), else one in the usual places; null where there is none. */
export function findBrowser(wanted: string | undefined): string | null {
  if (wanted === 'off') return null
  if (wanted !== undefined) return existsSync(wanted) ? wanted : null
  return USUAL_PLACES.find((path) => existsSync(path)) ?? null
}
