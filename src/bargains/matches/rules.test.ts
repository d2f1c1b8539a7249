import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type Filter,
  type FilterForm,
  filterFromForm,
  filterProblem,
  formFromFilter,
  type TextCondition,
} from './rules'
import { evaluateFilter, type Subject } from './rules-evaluate'
import { regexProblem } from './rules-regex'

const BIKE: Subject = {
  title: 'Rower miejski Gazelle 28"',
  description: 'Stan bardzo dobry, odbiór Łódź. Bez zamiany.',
  place: 'Łódź, Bałuty, łódzkie',
  seller: null,
  price: { kind: 'fixed', amount: 65000n, currency: 'PLN' },
}
const EMPTY: FilterForm = { priceFrom: null, priceTo: null, currency: 'PLN', words: [], notWords: [] }

function passes(form: Partial<FilterForm>, subject: Partial<Subject> = {}): boolean {
  return evaluateFilter(filterFromForm({ ...EMPTY, ...form }), { ...BIKE, ...subject }).passes
}

function title(is: TextCondition['is'], value: string, text: string, exact = false): boolean {
  return evaluateFilter({ on: 'title', is, value, exact }, { ...BIKE, title: text }).passes
}

describe('the filter of the simple form', () => {
  it('without anything asked passes everything', () => {
    expect(passes({})).toBe(true)
  })

  it('a price range includes its ends: 600 to 650 zł', () => {
    expect(passes({ priceFrom: '60000', priceTo: '65000' })).toBe(true)
    expect(passes({ priceTo: '64999' })).toBe(false)
    expect(passes({ priceFrom: '65001' })).toBe(false)
  })

  it('a price that is not known, or in another currency, does not pass a bound', () => {
    const price = (kind: 'unknown' | 'exchange') => ({ price: { kind, amount: null, currency: null } })
    expect(passes({ priceTo: '65000' }, price('unknown'))).toBe(false)
    expect(passes({ priceTo: '65000' }, price('exchange'))).toBe(false)
    expect(passes({ priceTo: '65000' }, { price: { kind: 'fixed', amount: 100n, currency: 'EUR' } })).toBe(false)
  })

  it('what is free is at most any price', () => {
    const free = { price: { kind: 'free', amount: null, currency: null } as const }
    expect(passes({ priceTo: '100' }, free)).toBe(true)
    expect(passes({ priceFrom: '100' }, free)).toBe(false)
  })

  it('each word must stand in the title or the description, without case and diacritics', () => {
    expect(passes({ words: ['gazelle', 'ŁODZ'] })).toBe(true)
    expect(passes({ words: ['gazelle', 'batavus'] })).toBe(false)
    expect(passes({ words: ['bardzo dobry'] })).toBe(true)
    expect(passes({ words: ['dobry bardzo'] })).toBe(false)
    expect(passes({ words: ['miej*'] })).toBe(true)
    expect(passes({ words: ['miej'] })).toBe(false)
  })

  it('none of the unwanted words may stand there', () => {
    expect(passes({ notWords: ['zamiany'] })).toBe(false)
    expect(passes({ notWords: ['uszkodzony'] })).toBe(true)
  })

  it('an unwanted word cannot be found in a description that the page does not show', () => {
    expect(passes({ notWords: ['uszkodzony'] }, { description: null })).toBe(true)
    expect(passes({ notWords: ['rower'] }, { description: null })).toBe(false)
    expect(passes({ words: ['odbiór'] }, { description: null })).toBe(false)
  })

  it('comes back as it was typed, and a tree that it cannot show comes back as none', () => {
    const text = fc.array(fc.constantFrom('rower', 'Łódź', 'bardzo dobry', 'miej*', '28'), { maxLength: 5 })
    const amount = fc.option(fc.nat(10_000_000).map(String))
    fc.assert(
      fc.property(amount, amount, text, text, (priceFrom, priceTo, words, notWords) => {
        const form = { priceFrom, priceTo, currency: 'PLN', words, notWords }
        expect(formFromFilter(filterFromForm(form), 'PLN')).toEqual(form)
      }),
    )
    const stored: Filter = { all: [{ currency: 'PLN', amount: '100', is: 'at_most', on: 'price' }] }
    expect(formFromFilter(stored, 'PLN')).toMatchObject({ priceTo: '100' })
    expect(formFromFilter({ any: [] }, 'PLN')).toBeNull()
    expect(formFromFilter({ all: [{ on: 'place', is: 'word', value: 'x' }] }, 'PLN')).toBeNull()
  })
})

describe('text conditions', () => {
  it.each<[TextCondition['is'], string, string, boolean]>([
    ['word', 'rower', 'ROWER, nowy', true],
    ['word', 'rower', 'rowerek', false],
    ['word', 'rower', 'motorower', false],
    ['word', '28"', 'koło 28"', true],
    ['word', 'c++', 'książka C++', true],
    ['phrase', 'rower miejski', 'Rower  miejski', true],
    ['phrase', 'rower miejski', 'rower górski miejski', false],
    ['prefix', 'row', 'nowy rower', true],
    ['prefix', 'ower', 'nowy rower', false],
    ['regex', '2[68]"', 'koło 28"', true],
    ['regex', 'ŁÓDŹ', 'lodz', false],
    ['regex', 'lodz', 'Łódź', true],
    ['regex', '\\S+ \\d', 'Opona 26', true],
  ])('%s %s in "%s": %s', (is, value, text, expected) => {
    expect(title(is, value, text)).toBe(expected)
  })

  it('exact keeps case and diacritics', () => {
    expect(title('word', 'Łódź', 'Łódź', true)).toBe(true)
    expect(title('word', 'Łódź', 'lodz', true)).toBe(false)
  })

  it('a hostile regular expression costs no time, and a broken one is found before it is stored', () => {
    const bad = (text: string) => ({ reason: 'filter.badRegex', text })
    expect(title('regex', '(a+)+$', `${'a'.repeat(5000)}!`)).toBe(false)
    expect(regexProblem({ not: { any: [{ on: 'title', is: 'regex', value: '(' }] } })).toEqual(bad('('))
    expect(regexProblem({ on: 'title', is: 'regex', value: '(a)\\1' })).toEqual(bad('(a)\\1'))
    expect(regexProblem({ all: [{ on: 'title', is: 'regex', value: 'a|b' }] })).toBeNull()
  })
})

describe('the tree', () => {
  const known: Filter = { on: 'title', is: 'word', value: 'rower' }
  const missing: Filter = { on: 'seller', is: 'word', value: 'anna' }
  const orUnknown: Filter = { ...missing, orUnknown: true }
  const truth = (filter: Filter) => evaluateFilter(filter, BIKE).truth

  it('a missing field is unknown, and unknown does not pass', () => {
    expect(truth(missing)).toBe('unknown')
    expect(truth({ not: missing })).toBe('unknown')
    expect(truth({ all: [known, missing] })).toBe('unknown')
    expect(truth({ any: [known, missing] })).toBe('yes')
    expect(evaluateFilter(missing, BIKE).passes).toBe(false)
  })

  it('"or unknown" lets the listing pass, on either side of a not', () => {
    expect(truth(orUnknown)).toBe('yes')
    expect(truth({ not: orUnknown })).toBe('yes')
  })

  it('gives the reason of each condition, in the order they stand', () => {
    expect(evaluateFilter({ all: [known, { not: missing }] }, BIKE).reasons).toEqual([
      { condition: known, truth: 'yes', negated: false },
      { condition: missing, truth: 'unknown', negated: true },
    ])
  })

  it('is limited to 10 levels, 100 conditions and 200 characters', () => {
    const nested = (levels: number): Filter => (levels === 1 ? known : { not: nested(levels - 1) })
    expect(filterProblem(nested(10))).toBeNull()
    expect(filterProblem(nested(11))).toBe('too_deep')
    expect(filterProblem(nested(2000))).toBe('too_deep')
    expect(filterProblem({ any: Array<Filter>(100).fill(known) })).toBeNull()
    expect(filterProblem({ any: Array<Filter>(101).fill(known) })).toBe('too_many')
    expect(filterProblem({ on: 'title', is: 'word', value: 'x'.repeat(201) })).toBe('too_long')
  })

  it('de Morgan holds, also for what is unknown', () => {
    const leaf = fc.constantFrom<Filter>(known, missing, { on: 'title', is: 'word', value: 'auto' })
    const tree = fc.letrec<{ tree: Filter }>((tie) => ({
      tree: fc.oneof(
        { depthSize: 'small' },
        leaf,
        fc.array(tie('tree'), { maxLength: 3 }).map((all) => ({ all })),
        fc.array(tie('tree'), { maxLength: 3 }).map((any) => ({ any })),
        tie('tree').map((not) => ({ not })),
      ),
    })).tree
    fc.assert(
      fc.property(fc.array(tree, { maxLength: 4 }), (parts) => {
        const negated = parts.map((not) => ({ not }))
        expect(truth({ not: { all: parts } })).toBe(truth({ any: negated }))
        expect(truth({ not: { any: parts } })).toBe(truth({ all: negated }))
      }),
      { numRuns: 1000 },
    )
  })
})
