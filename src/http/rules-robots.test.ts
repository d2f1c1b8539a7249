import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isAllowed, parseRobots } from './rules-robots'
import { judgeAddress, type RobotsCopy, staleAt, stateOfStatus } from './rules-robots-copy'

const may = (text: string, path: string) =>
  isAllowed(parseRobots(text, 'Gleaner').rules, new URL(path, 'https://market.example'))
const rule = (line: string, path: string) => may(`User-agent: *\n${line}`, path)

describe('whose group of a robots.txt counts', () => {
  it.each([
    ['nobody’s', 'User-agent: other\nDisallow: /', true],
    ['everybody’s', 'User-agent: *\nDisallow: /', false],
    ['our own before everybody’s', 'User-agent: *\nDisallow: /\n\nUser-agent: gleaner\nDisallow: /chat', true],
    ['our own, whatever its letters and version', 'User-Agent : GLEANER/2.0 (x)\nDisallow: /', false],
    ['ours among several names', 'User-agent: one\nUser-agent: Gleaner\nUser-agent: two\nDisallow: /', false],
    ['not of a name that only begins like ours', 'User-agent: GleanerPlus\nDisallow: /', true],
    [
      'all groups that name us',
      'User-agent: gleaner\nAllow: /x\nUser-agent: b\nUser-agent: gleaner\nDisallow: /',
      false,
    ],
    ['one that a pace ends', 'User-agent: a\nCrawl-delay: 5\nUser-agent: *\nDisallow: /', false],
    ['rules before any name', 'Disallow: /', true],
  ])('%s', (_, text, allowed) => expect(may(text, '/rowery/')).toBe(allowed))

  it('other lines, blank lines and comments divide nothing', () => {
    const text = '\uFEFF# hello\r\nUser-agent: * # all\r\n\r\nSitemap: https://x/\rDisallow: /rowery # no bikes\r'
    expect([may(text, '/rowery/'), may(text, '/lampy/')]).toEqual([false, true])
  })
})

describe('which addresses a rule names', () => {
  it.each([
    ['Disallow: /fish', '/fish.html', false],
    ['Disallow: /fish', '/catfish', true],
    ['Disallow: /Fish', '/fish', true],
    ['Disallow:', '/fish', true],
    ['Disallow: /*.php$', '/a/b.php', false],
    ['Disallow: /*.php$', '/a/b.php?x', true],
    ['Disallow: /*?', '/a?b', false],
    ['Disallow: /a*b*c', '/a-b-', true],
    ['Disallow: /a*b*c', '/axxbxxcxx', false],
    ['Disallow: /fish$', '/fish', false],
    ['Disallow: /fish$', '/fishes', true],
    ['Disallow: /*search[order]=', '/q?search%5Border%5D=x', true],
    ['Disallow: /*search%5Border%5D=', '/q?search%5border%5d=x', false],
    ['Disallow: /%7Eann', '/~ann/', false],
    ['Disallow: /łódź', '/%C5%82%C3%B3d%C5%BA/', false],
    ['Disallow: /a%2Ab', '/a*b', false],
    ['Disallow: /', '/robots.txt', true],
  ])('%s and %s', (line, path, allowed) => expect(rule(line, path)).toBe(allowed))

  it.each([
    ['Disallow: /\nAllow: /d/', '/d/oferty', true],
    ['Allow: /d\nDisallow: /d/oferty', '/d/oferty', false],
    ['Disallow: /d\nAllow: /d', '/d', true],
    ['Disallow: /*/x\nAllow: /a', '/a/x', false],
  ])('the longest decides, and Allow at a tie: %s', (lines, path, allowed) => expect(rule(lines, path)).toBe(allowed))

  it('a pattern made to be slow is not', () => {
    const pattern = `${'*a'.repeat(2000)}$`
    expect(rule(`Disallow: ${pattern}`, `/${'a'.repeat(1999)}b`)).toBe(true)
  })

  it('every pattern names what the regular expression of it names', () => {
    const part = fc.stringMatching(/^[a-c]{0,3}$/)
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 4 }), part, fc.boolean(), (parts, path, anchored) => {
        const end = anchored ? '$' : ''
        const named = new RegExp(`^/${parts.join('.*')}${end}`).test(`/${path}`)
        expect(rule(`Disallow: /${parts.join('*')}${end}`, `/${path}`)).toBe(!named)
      }),
      { numRuns: 2000 },
    )
  })
})

describe('a pace', () => {
  it.each([
    ['Crawl-delay: 10', 10],
    ['Crawl-delay: 0.5', 0.5],
    ['Crawl-delay: 99999', 600],
    ['Crawl-delay: -1', null],
    ['Crawl-delay: soon', null],
    ['Crawl-delay:', null],
  ])('%s is %s seconds', (line, delay) => {
    expect(parseRobots(`User-agent: *\n${line}`, 'Gleaner').crawlDelay).toBe(delay)
  })
})

describe('a kept copy', () => {
  const at = (hours: number) => new Date(Date.UTC(2026, 10, 1) + hours * 3_600_000)
  const page = new URL('https://market.example/rowery/')
  const copy: RobotsCopy = {
    state: 'read',
    rules: [{ allow: false, path: '/rowery' }],
    crawlDelay: null,
    readAt: at(0),
    checkedAt: at(0),
    detail: null,
  }

  it.each([
    [200, 'read'],
    [204, 'read'],
    [301, 'absent'],
    [403, 'absent'],
    [404, 'absent'],
    [429, 'unreachable'],
    [500, 'unreachable'],
    [503, 'unreachable'],
  ] as const)('status %s is %s', (status, state) => expect(stateOfStatus(status)).toBe(state))

  it('is good for a day, and ten minutes where the host did not say', () => {
    expect(staleAt(copy)).toEqual(at(24))
    expect(staleAt({ ...copy, state: 'unreachable' })).toEqual(at(1 / 6))
  })

  it('counts for 30 days more while the host is out of reach; without one nothing may be asked', () => {
    const lost: RobotsCopy = { ...copy, state: 'unreachable' }
    expect(judgeAddress(lost, page, at(700))).toBe('forbidden')
    expect(judgeAddress({ ...lost, rules: [] }, page, at(700))).toBe('allowed')
    expect(judgeAddress(lost, page, at(721))).toBe('unknown')
    expect(judgeAddress({ ...lost, readAt: null }, page, at(0))).toBe('unknown')
  })
})
