import { NextRequest } from 'next/server'
import { expect, test } from 'vitest'
import { config, contentSecurityPolicy, proxy } from './proxy'

function nonceOf(policy: string | null): string | undefined {
  return /'nonce-([^']+)'/.exec(policy ?? '')?.[1]
}

test('every page gets a nonce of its own, in the answer and for the renderer', () => {
  const [first, second] = [
    proxy(new NextRequest('http://localhost/watches')),
    proxy(new NextRequest('http://localhost/watches')),
  ]
  const policy = first.headers.get('content-security-policy')
  expect(nonceOf(policy)).toMatch(/^[\w+/]{22}==$/)
  expect(nonceOf(policy)).not.toBe(nonceOf(second.headers.get('content-security-policy')))
  expect(first.headers.get('x-middleware-request-content-security-policy')).toBe(policy)
  expect(first.headers.get('x-middleware-request-x-nonce')).toBe(nonceOf(policy))
})

test('a nonce or path that the visitor sends along is replaced', () => {
  const request = new NextRequest('http://localhost/watches?tab=log', {
    headers: { 'x-nonce': 'mine', 'x-pathname': '//evil.example' },
  })
  const headers = proxy(request).headers
  expect(headers.get('x-middleware-request-x-nonce')).not.toBe('mine')
  expect(headers.get('x-middleware-request-x-pathname')).toBe('/watches?tab=log')
})

test('in production no script runs without the nonce, and nobody may frame a page', () => {
  const policy = contentSecurityPolicy('abc', false)
  expect(policy).toContain("script-src 'self' 'nonce-abc' 'strict-dynamic';")
  expect(policy).not.toContain('unsafe-eval')
  expect(policy).toContain("frame-ancestors 'none'")
  expect(policy).toContain("connect-src 'self';")
})

test.each([
  ['/watches', true],
  ['/api/docs', true],
  ['/api/trpc/watches.list', false],
  ['/api/docs.json', false],
  ['/api/v1/docs', false],
  ['/_next/static/chunk.js', false],
])('%s is a page: %s', (path, isPage) => {
  const [{ source }] = config.matcher as [{ source: string }]
  expect(new RegExp(`^${source}$`).test(path)).toBe(isPage)
})
