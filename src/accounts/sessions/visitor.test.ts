import { createServer } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isSecure, originOf } from './cookie'
import { forgetForwarded } from './forget-forwarded'
import { mendPath } from './mend-path'
import { addressOf } from './visitor'

describe('what is read of a request', () => {
  it.each([
    ['203.0.113.7', 0, '203.0.113.7'],
    ['::ffff:203.0.113.7', 0, '203.0.113.7'],
    ['10.9.9.9, 203.0.113.7', 1, '203.0.113.7'],
    ['10.9.9.9, 203.0.113.7, 192.0.2.1', 2, '203.0.113.7'],
    ['203.0.113.7', 2, '203.0.113.7'],
    ['', 1, 'unknown'],
  ])('the address of %j behind %i proxies is %s', (chain, proxies, address) => {
    expect(addressOf(new Headers({ 'x-forwarded-for': chain }), proxies)).toBe(address)
  })

  const server = createServer(({ headers, url }, response) => {
    const asked = url?.split('?')[1] ?? ''
    response.end(`${headers[/^x-/.test(asked) ? asked : 'x-forwarded-for']} ${url}`)
  })
  let url = ''
  beforeAll(async () => {
    forgetForwarded()
    mendPath()
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const address = server.address()
    url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/`
  })
  afterAll(() => void server.close())

  it('the address cannot be written by the client where no proxy is trusted', async () => {
    const answer = await fetch(url, { headers: { 'x-forwarded-for': '198.51.100.1' } })
    expect(await answer.text()).toBe('undefined /')
  })

  it.each(['x-forwarded-host', 'x-forwarded-proto'])('neither can %s', async (name) => {
    const answer = await fetch(`${url}?${name}`, { headers: { [name]: 'evil.example' } })
    expect(await answer.text()).not.toContain('evil.example')
  })

  it.each([
    ['watches/%E0%A4%A?x=%E0%A4%A', 'watches/%25E0%25A4%25A?x=%E0%A4%A'],
    ['a%20b/%zz/100%', 'a%20b/%25zz/100%25'],
    ['%C5%82%C3%B3d%C5%BA', '%C5%82%C3%B3d%C5%BA'],
  ])('the path %s, which is no text, is read as %s', async (sent, read) => {
    expect(await (await fetch(url + sent)).text()).toBe(`undefined /${read}`)
  })
})

describe('cookies', () => {
  const headers = (values: Record<string, string>) => new Headers({ host: 'gleaner.lan:3000', ...values })

  it('are Secure over https alone, by the proxy’s word or at the public address', () => {
    expect(isSecure(headers({}), undefined)).toBe(false)
    expect(isSecure(headers({ 'x-forwarded-proto': 'http' }), undefined)).toBe(false)
    expect(isSecure(headers({ 'x-forwarded-proto': 'https' }), undefined)).toBe(true)
    expect(isSecure(headers({ host: 'g.example.org' }), 'https://g.example.org')).toBe(true)
    expect(isSecure(headers({}), 'https://g.example.org')).toBe(false)
  })

  it('and links follow the request where there is no public address', () => {
    expect(originOf(headers({}), undefined)).toBe('http://gleaner.lan:3000')
    expect(originOf(headers({}), 'https://g.example.org')).toBe('https://g.example.org')
  })
})
