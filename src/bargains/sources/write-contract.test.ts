import { expect, test } from 'vitest'
import { olxAd, olxPrice, olxResultPage, page } from './fixtures/made-up-pages'
import { olx } from './olx/source'
import { toContract } from './write-contract'

test('the contract of a page is plain JSON with its keys in order and amounts as text of minor units', () => {
  const ads = [olxAd(1), olxAd(2, { price: olxPrice(null, { exchange: true }) }), { ...olxAd(3), title: '' }]
  const contract = toContract(olx.parse(page(olxResultPage(ads))))
  expect(JSON.parse(JSON.stringify(contract))).toEqual(contract)
  const keys = ['source', 'variant', 'kind', 'verdict', 'items', 'rejected', 'next', 'total', 'reason', 'answered']
  expect(Object.keys(contract)).toEqual(keys)
  expect(Object.keys(contract.items[0] ?? {})).toEqual(
    'externalId url title description price seller promoted place coordinates photos postedAt refreshedAt attributes'.split(
      ' ',
    ),
  )
  expect(contract.items.map((item) => item.price)).toEqual([
    { kind: 'fixed', amount: '10100', currency: 'PLN', negotiable: false },
    { kind: 'exchange', amount: null, currency: null, negotiable: false },
  ])
  expect(contract.rejected).toEqual([{ reason: 'no title', externalId: '900000003' }])
})

test('an amount beyond what a JSON number holds is exact', () => {
  const parsed = olx.parse(page(olxResultPage([olxAd(1)])))
  const price = { kind: 'fixed', amount: 9_007_199_254_740_993n, currency: 'PLN', negotiable: false } as const
  const contract = toContract({ ...parsed, items: parsed.items.map((item) => ({ ...item, price })) })
  expect(contract.items[0]?.price.amount).toBe('9007199254740993')
})
