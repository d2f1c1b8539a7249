import { describe, expect, it } from 'vitest'
import { describeApi } from '@/trpc/openapi'
import { appRouter } from './router'

/** What REST promises. A path that vanishes breaks somebody's program. */
const PROMISED = [
  'GET /deliveries',
  'GET /matches',
  'GET /matches/{id}',
  'GET /watches',
  'POST /watches',
  'GET /watches/{id}',
  'PATCH /watches/{id}',
  'DELETE /watches/{id}',
  'POST /watches/{id}/pause',
  'POST /watches/{id}/scan',
]

describe('the description of the API', () => {
  const document = describeApi(appRouter, 'http://localhost:3000')
  const operations = Object.entries(document.paths ?? {}).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => [`${method.toUpperCase()} ${path}`, operation] as const),
  )

  it('is OpenAPI 3.1 and holds what is promised', () => {
    expect(document.openapi).toBe('3.1.0')
    expect(operations.map(([name]) => name)).toEqual(expect.arrayContaining(PROMISED))
  })

  it.each(operations)('%s needs an API key and says what it does', (_name, operation) => {
    expect(operation.security).toEqual([{ apiKey: [] }])
    expect(operation.summary).toMatch(/^[A-Z]/)
  })
})
