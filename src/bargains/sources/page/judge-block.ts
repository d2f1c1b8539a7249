import type { PageInput, Verdict } from '../source'

type Judgement = { readonly verdict: Verdict; readonly reason: string }

/** What the HTTP status decides; null where the page itself must be read. Guards send captchas with 405 and 503, too. */
export function judgeAnswer({ status, bytes }: Pick<PageInput, 'status' | 'bytes'>): Judgement | null {
  const judged = judgeStatus(status)
  if (judged?.verdict !== 'failed' && judged?.verdict !== 'changed') return judged
  const captcha = findMark(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), CHALLENGES)
  return captcha === null ? judged : { verdict: 'blocked', reason: captcha }
}

/** What the HTTP status alone decides. */
export function judgeStatus(status: number): Judgement | null {
  if (status === 404 || status === 410) return { verdict: 'gone', reason: `status ${status}` }
  if (status === 401 || status === 403 || status === 429) return { verdict: 'blocked', reason: `status ${status}` }
  if (status >= 500) return { verdict: 'failed', reason: `status ${status}` }
  if (status < 200 || status >= 300) return { verdict: 'changed', reason: `status ${status}` }
  return null
}

type Mark = readonly [string, RegExp]

/** What a refusal says, and a server behind the guard that is down as well. */
const REFUSALS: readonly Mark[] = [
  ['CloudFront refused the request', /the request could not be satisfied/i],
  ['Akamai refused the request', /errors\.edgesuite\.net/i],
]

/** What stands in the pages of guards, and in no page of adverts. Names as the guards write them. */
const CHALLENGES: readonly Mark[] = [
  ['DataDome captcha', /captcha-delivery\.com/i],
  ['Distil captcha', /distil_(referrer|r_captcha|r_blocked|identification_block)|pardon our interruption/i],
  ['Imperva captcha', /_Incapsula_Resource|incident_id/],
  ['Cloudflare challenge', /\/cdn-cgi\/challenge-platform|cf-chl-|<title>\s*just a moment/i],
  ['PerimeterX captcha', /px-captcha/i],
  [
    'page of a robot check',
    /<title[^<>]*>[^<]*(captcha|robot check|are you (a )?(human|robot)|(nie jeste.{1,2}|not a|kein) robot|access denied|attention required)/i,
  ],
  ['captcha', /class="(g-recaptcha|h-captcha)|<iframe[^<>]{0,500}captcha/i],
]

/**
 * Why a page without adverts is a guard's page; null when it is none. Ask only when the page's state was not found: pages
 * of adverts load captcha scripts as well.
 */
export function findBlock(bytes: Buffer): string | null {
  return findMark(bytes, [...REFUSALS, ...CHALLENGES])
}

function findMark(bytes: Buffer, marks: readonly Mark[]): string | null {
  const text = bytes.toString('latin1', 0, 256 * 1024)
  return marks.find(([, mark]) => mark.test(text))?.[0] ?? null
}
