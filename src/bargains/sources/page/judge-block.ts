import type { Verdict } from '../source'

type Judgement = { readonly verdict: Verdict; readonly reason: string }

/** What the HTTP status alone decides; null where the page itself must be read. */
export function judgeStatus(status: number): Judgement | null {
  if (status === 404 || status === 410) return { verdict: 'gone', reason: `status ${status}` }
  if (status === 401 || status === 403 || status === 429) return { verdict: 'blocked', reason: `status ${status}` }
  if (status >= 500) return { verdict: 'failed', reason: `status ${status}` }
  if (status < 200 || status >= 300) return { verdict: 'changed', reason: `status ${status}` }
  return null
}

/** What stands in the pages of guards, and in no page of adverts. Names as the guards write them. */
const MARKS: readonly (readonly [string, RegExp])[] = [
  ['CloudFront refused the request', /the request could not be satisfied/i],
  ['DataDome captcha', /captcha-delivery\.com/i],
  ['Distil captcha', /distil_(referrer|r_captcha|r_blocked|identification_block)|pardon our interruption/i],
  ['Imperva captcha', /_Incapsula_Resource|incident_id/],
  ['Cloudflare challenge', /\/cdn-cgi\/challenge-platform|cf-chl-|<title>\s*just a moment/i],
  ['PerimeterX captcha', /px-captcha/i],
  ['Akamai refused the request', /errors\.edgesuite\.net/i],
  ['page of a robot check', /<title[^<>]*>[^<]*(robot|captcha|are you (a )?human|access denied|attention required)/i],
  ['captcha', /class="(g-recaptcha|h-captcha)|<iframe[^<>]{0,500}captcha/i],
]

/**
 * Why a page without adverts is a guard's page; null when it is none. Ask only when the page's state was not found: pages
 * of adverts load captcha scripts as well.
 */
export function findBlock(bytes: Buffer): string | null {
  const text = bytes.toString('latin1', 0, 256 * 1024)
  return MARKS.find(([, mark]) => mark.test(text))?.[0] ?? null
}
