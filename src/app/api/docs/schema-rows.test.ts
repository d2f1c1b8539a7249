import { describe, expect, it } from 'vitest'
import { curlOf } from './curl'
import { rowsOf, type Schema, sampleOf, typeOf } from './schema-rows'

const schema: Schema = {
  type: 'object',
  required: ['name', 'urls', 'filter'],
  properties: {
    name: { type: 'string', minLength: 1, maxLength: 120 },
    urls: { type: 'array', items: { type: 'string' } },
    amount: { default: null, anyOf: [{ type: 'string' }, { type: 'null' }] },
    filter: { type: 'object', required: ['kind'], properties: { kind: { enum: ['all', 'any'], type: 'string' } } },
    items: { type: 'array', items: { type: 'object', properties: { id: { type: 'string', format: 'uuid' } } } },
  },
}

describe('the fields of a schema', () => {
  it('come with their path, type and whether they must be there', () => {
    expect(rowsOf(schema).map(({ path, type, required }) => [path, type, required])).toEqual([
      ['name', 'string', true],
      ['urls', 'string[]', true],
      ['amount', 'string | null', false],
      ['filter', 'object', true],
      ['filter.kind', 'string', true],
      ['items', 'object[]', false],
      ['items[].id', 'string: uuid', false],
    ])
  })

  it('of one that holds itself end somewhere', () => {
    const node: { type: string; properties: Record<string, Schema> } = { type: 'object', properties: {} }
    node.properties.all = { type: 'array', items: node }
    expect(rowsOf(node).length).toBeLessThan(10)
  })

  it('of alternatives are those of each', () => {
    const each = (name: string): Schema => ({ type: 'object', properties: { [name]: { type: 'integer' } } })
    expect(rowsOf({ anyOf: [each('a'), each('b')] }).map(({ path }) => path)).toEqual(['a', 'b'])
    expect(typeOf({ anyOf: [{ const: 1 }, { type: 'null' }] })).toBe('1 | null')
  })
})

describe('an example', () => {
  it('holds what must be there, and nothing else', () => {
    const url = 'https://www.olx.pl/sport-hobby/rowery/'
    expect(sampleOf(schema)).toEqual({ name: 'City bike', urls: [url], filter: { kind: 'all' } })
  })

  it('is a call with a key, the path filled in and the body as JSON', () => {
    const id = { name: 'id', in: 'path', required: true, schema: { type: 'string', format: 'uuid' } }
    const limit = { name: 'limit', in: 'query', schema: { type: 'integer' } }
    const body: Schema = { type: 'object', required: ['name'], properties: { name: { type: 'string' } } }
    const operation = { id: 'x', method: 'PATCH', path: '/watches/{id}', summary: '', group: '', answer: null, body }
    const said = curlOf('http://localhost:3000/api/v1', { ...operation, parameters: [id, limit] })
    expect(said).toMatch(/^curl -X PATCH 'http:\/\/localhost:3000\/api\/v1\/watches\/[0-9a-f-]{36}'/)
    expect(said).toContain('Authorization: Bearer $GLEANER_KEY')
    expect(said).toContain(`-d '{"name":"City bike"}'`)
    expect(said).not.toContain('limit')
  })
})
