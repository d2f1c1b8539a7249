import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Filter, TextCondition } from './rules'
import { evaluateFilter, type Subject } from './rules-evaluate'
import { affordable, lettersFor, REGEX_LIMITS, regexProblem } from './rules-regex'

const SUBJECT: Subject = {
  title: 'Rower',
  description: null,
  place: null,
  seller: null,
  price: { kind: 'unknown', amount: null, currency: null },
}
const regex = (value: string): Filter => ({ on: 'description', is: 'regex', value })
const truth = (filter: Filter, description: string) => evaluateFilter(filter, { ...SUBJECT, description }).truth

/** Milliseconds of the processor, so that other work on the machine does not count. */
function timeOf(work: () => unknown): number {
  const begun = process.cpuUsage()
  work()
  return process.cpuUsage(begun).user / 1000
}

describe('what a regular expression may cost', () => {
  it.each(['(?:[a-z ]?){900}[ąę]', '[a-z]{300}', '(?:(?:a?){30}){10}', `(?:${'\\pL?'.repeat(45)}){50}`])(
    '%s is refused: it compiles to more than 200 instructions',
    (value) => {
      expect(regexProblem({ all: [regex(value)] })).toEqual({ reason: 'filter.heavyRegex', text: value })
    },
  )

  it.each([
    '\\d{2}[,.]\\d"?',
    '(pierwszy|drugi) właściciel.*(salon|serwis)',
    '(?:rama|ramka)\\s*(?:5[0-9]|6[0-4])\\s*cm',
  ])('%s is taken, and reads 2,000 letters at least', (value) => {
    expect(regexProblem(regex(value))).toBeNull()
    expect(lettersFor(regex(value))).toBeGreaterThanOrEqual(2000)
  })

  it('many together are refused where they have more than 500 instructions', () => {
    const some = (count: number): Filter => ({ any: Array.from({ length: count }, (_, n) => regex(`[a-z]{90}${n}`)) })
    expect(regexProblem(some(5))).toBeNull()
    expect(regexProblem(some(6))).toEqual({ reason: 'filter.heavyRegex', text: '[a-z]{90}5' })
  })

  it('one that was stored before there was a limit is unknown, and costs nothing', () => {
    expect(truth(regex('(?:[a-z ]?){900}[ąę]'), 'rower '.repeat(1000))).toBe('unknown')
  })

  it('a filter’s expressions take at most 200,000 steps for a listing', () => {
    const repeats = fc.array(fc.integer({ min: 1, max: 190 }), { minLength: 1, maxLength: 20 })
    fc.assert(
      fc.property(repeats, (counts) => {
        const filter: Filter = { any: counts.map((count) => ({ ...regex(`[a-z]{${count}}`), exact: true }) as Filter) }
        fc.pre(regexProblem(filter) === null)
        const instructions = counts.reduce((sum, count) => sum + count, 0)
        expect(lettersFor(filter) * instructions).toBeLessThanOrEqual(REGEX_LIMITS.steps)
        expect(lettersFor(filter)).toBeGreaterThanOrEqual(200)
      }),
    )
  })

  it('a small one reads 5,000 letters, no more', () => {
    const found = (at: number) => truth(regex('rower'), `${'x'.repeat(at)}rower`)
    expect([found(4990), found(5000)]).toEqual(['yes', 'no'])
  })

  it('the heaviest that is taken costs less than a second of the processor a listing', () => {
    const heavy: Filter = { any: [0, 1, 2, 3, 4].map((n) => regex(`(?:[a-z ]?){45}[ąę]${n}`)) }
    expect(regexProblem(heavy)).toBeNull()
    expect(timeOf(() => truth(heavy, 'rower miejski stan dobry '.repeat(400)))).toBeLessThan(1000)
  })
})

describe('what many listings may cost at once', () => {
  const listings = Array.from({ length: 2000 }, () => ({ title: 'Rower', description: 'x'.repeat(9000) }))

  it('without a regular expression, and with a small one on short texts, all of 2,000 are judged', () => {
    const word: TextCondition = { on: 'description', is: 'word', value: 'rower' }
    const short = listings.map((listing) => ({ ...listing, description: 'x'.repeat(500) }))
    expect(affordable(word, listings)).toHaveLength(2000)
    expect(affordable(regex('rower|bike'), short)).toHaveLength(2000)
  })

  it('with the heaviest, 300 are', () => {
    expect(affordable(regex('[a-z]{190}'), listings)).toHaveLength(300)
  })
})

describe('a word in a long text', () => {
  it('is found within the first 10,000 letters', () => {
    const word: TextCondition = { on: 'description', is: 'word', value: 'rower' }
    expect(truth(word, `${'x '.repeat(4990)}rower`)).toBe('yes')
    expect(truth(word, `${'x '.repeat(5000)}rower`)).toBe('no')
  })

  it('costs little where its letters stand everywhere: 100 conditions in less than a second', () => {
    const words: Filter = {
      any: Array.from({ length: 100 }, (_, n) => ({ on: 'description', is: 'word', value: 'a'.repeat(n + 1) })),
    }
    expect(timeOf(() => truth(words, 'a'.repeat(1_000_000)))).toBeLessThan(1000)
  })
})
