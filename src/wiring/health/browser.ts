import { countRefused } from '@/bargains/searches/read-scan-state'
import { findBrowser } from '@/http/find-browser'
import type { CheckPart } from './part'

/** Whether there is a browser for sites that refuse everything else. Without one it only matters where one is needed. */
export const checkBrowserPart: CheckPart = async ({ db, env }) => {
  if (findBrowser(env.GLEANER_BROWSER) !== null) return { state: 'ok', found: true }
  const refused = await countRefused(db)
  if (refused === 0) return { state: 'ok', found: false, detail: 'no browser here; so far none is needed' }
  const detail = 'no browser here, and sites refuse searches: set GLEANER_BROWSER, or push what your own browser shows'
  return { state: 'degraded', found: false, refused, detail }
}
