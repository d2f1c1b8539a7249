import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { networkOf } from './rules-networks'

describe('the network that attempts are counted by', () => {
  it.each([
    ['203.0.113.7', '203.0.113.7'],
    ['::ffff:203.0.113.7', '203.0.113.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2:0:0:0:0/64'],
    ['2001:db8:1:2::1', '2001:db8:1:2:0:0:0:0/64'],
    ['fe80::1%eth0', 'fe80:0:0:0:0:0:0:0/64'],
    ['unknown', 'unknown'],
    ['', ''],
  ])('of %j is %s', (address, network) => {
    expect(networkOf(address)).toBe(network)
  })

  it('is one for all addresses of a site, and no text makes it fail', () => {
    const host = fc.array(fc.integer({ min: 0, max: 0xffff }), { minLength: 4, maxLength: 4 })
    const addressOf = (parts: number[]) => `2001:db8:1:2:${parts.map((part) => part.toString(16)).join(':')}`
    fc.assert(fc.property(host, host, (a, b) => networkOf(addressOf(a)) === networkOf(addressOf(b))))
    fc.assert(fc.property(fc.string(), (text) => typeof networkOf(text) === 'string'))
  })
})
