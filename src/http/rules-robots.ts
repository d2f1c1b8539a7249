/** One `Allow` or `Disallow` line, as it was written. */
export type RobotsRule = { readonly allow: boolean; readonly path: string }

/** What a robots.txt says to one crawler. */
export type RobotsRules = {
  readonly rules: readonly RobotsRule[]
  /** Seconds between two requests (`Crawl-delay`, no part of the RFC), at most `LONGEST_DELAY`; null: none. */
  readonly crawlDelay: number | null
}

/** RFC 9309, 2.5: a crawler reads at least 500 KiB; what stands after that is not read. */
export const MOST_ROBOTS_BYTES = 500 * 1024
/** A longer delay would be a search that never ends; ten minutes is the pace of a search by itself. */
const LONGEST_DELAY = 600

type Line = { readonly key: string; readonly value: string }
type Group = { readonly agents: readonly string[]; readonly lines: readonly Line[] }

/**
 * What `text` says to the crawler `product` (RFC 9309, 2.2): all groups that name it, put together, else those for `*`,
 * else nothing. A `Crawl-delay` ends the list of a group's names as a rule does, for it is one to whom it is said.
 */
export function parseRobots(text: string, product: string): RobotsRules {
  const groups = groupsOf(text.slice(0, MOST_ROBOTS_BYTES))
  const own = groups.filter(({ agents }) => agents.includes(product.toLowerCase()))
  const lines = (own.length > 0 ? own : groups.filter(({ agents }) => agents.includes('*'))).flatMap((g) => g.lines)
  const rules = lines.filter(({ key, value }) => key !== 'crawl-delay' && value !== '')
  return { rules: rules.map(({ key, value }) => ({ allow: key === 'allow', path: value })), crawlDelay: delayOf(lines) }
}

function delayOf(lines: readonly Line[]): number | null {
  const delays = lines.filter(({ key }) => key === 'crawl-delay').map(({ value }) => Number(value || Number.NaN))
  const said = delays.filter((delay) => delay > 0)
  return said.length === 0 ? null : Math.min(Math.max(...said), LONGEST_DELAY)
}

const RULE = /^(allow|disallow|crawl-delay)$/

function groupsOf(text: string): readonly Group[] {
  const groups: { agents: string[]; lines: Line[] }[] = []
  for (const line of linesOf(text)) {
    const last = groups.at(-1)
    if (line.key === 'user-agent') {
      if (last && last.lines.length === 0) last.agents.push(tokenOf(line.value))
      else groups.push({ agents: [tokenOf(line.value)], lines: [] })
    } else if (RULE.test(line.key)) last?.lines.push(line)
  }
  return groups
}

function linesOf(text: string): readonly Line[] {
  return text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\r|\n/)
    .flatMap((line) => {
      const found = /^\s*([a-z-]+)\s*:\s*([^#]*)/i.exec(line)
      return found ? [{ key: (found[1] ?? '').toLowerCase(), value: (found[2] ?? '').trim() }] : []
    })
}

/** `Gleaner/1.0 (…)` names the same product as `Gleaner` (RFC 9309, 2.2.1). */
function tokenOf(value: string): string {
  return value === '*' ? '*' : (/^[a-z_-]+/i.exec(value)?.[0] ?? '').toLowerCase()
}

/**
 * Whether an address may be asked for: the rule with the longest path decides, `Allow` at a tie, and what no rule names is
 * allowed (RFC 9309, 2.2.2). robots.txt itself always is.
 */
export function isAllowed(rules: readonly RobotsRule[], url: URL): boolean {
  return url.pathname === '/robots.txt' || (decidingRule(rules, url)?.allow ?? true)
}

/** The rule that decides about an address; null where none names it. */
export function decidingRule(rules: readonly RobotsRule[], url: URL): RobotsRule | null {
  const target = octets(url.pathname + url.search)
    .replaceAll('*', '%2A')
    .replaceAll('$', '%24')
  let best: RobotsRule | null = null
  for (const rule of rules) {
    if (matches(octets(rule.path), target) && (best === null || isStronger(rule, best))) best = rule
  }
  return best
}

function isStronger(rule: RobotsRule, than: RobotsRule): boolean {
  const more = octets(rule.path).length - octets(than.path).length
  return more > 0 || (more === 0 && rule.allow)
}

/** One spelling for one path: what need not be escaped is not, everything else is, in upper case (RFC 9309, 2.2.2). */
function octets(path: string): string {
  const plain = path.replace(/%[0-9a-f]{2}/gi, (escaped) => {
    const character = String.fromCharCode(Number.parseInt(escaped.slice(1), 16))
    return /[\w.~-]/.test(character) ? character : escaped.toUpperCase()
  })
  return plain.replace(/[^\x21-\x7e]+/gu, (text) => encodeURIComponent(text.toWellFormed()))
}

/** `*` is any run of characters, `$` at the end is the end. No backtracking, so that no pattern is slow. */
function matches(pattern: string, target: string): boolean {
  const anchored = pattern.endsWith('$')
  const [first = '', ...parts] = (anchored ? pattern.slice(0, -1) : pattern).split('*')
  if (!target.startsWith(first)) return false
  const last = anchored ? parts.pop() : undefined
  let at = first.length
  for (const part of parts) {
    const found = target.indexOf(part, at)
    if (found < 0) return false
    at = found + part.length
  }
  if (!anchored) return true
  return last === undefined ? target.length === at : target.endsWith(last) && target.length - last.length >= at
}
