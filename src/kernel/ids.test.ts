import { describe, expect, it } from 'vitest'
import { isUuid, mintWorkspaceId, newId } from './ids'

describe('ids', () => {
  it('sort in the order in which they were made, within one millisecond too', () => {
    const ids = Array.from({ length: 5_000 }, newId)
    expect([...ids].sort()).toEqual(ids)
    expect(new Set(ids).size).toBe(ids.length)
  })

  it('are UUIDs of version 7 whose first 48 bits are the time in milliseconds', () => {
    const before = Date.now()
    const id = newId()
    const time = Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16)
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    expect(time).toBeGreaterThanOrEqual(before)
    // The counter within a millisecond may borrow from the next one.
    expect(time).toBeLessThanOrEqual(Date.now() + 1)
  })

  it('what PostgreSQL would refuse as a uuid is told before it is asked', () => {
    const id = newId()
    expect([id, id.toUpperCase(), mintWorkspaceId(id)].map(isUuid)).toEqual([true, true, true])
    const wrong = [
      '',
      'me',
      `${id} `,
      `${id}\n`,
      id.slice(1),
      `{${id}}`,
      id.replaceAll('-', ''),
      `${id}'--`,
      id.replace(/.$/, 'g'),
    ]
    expect(wrong.filter(isUuid)).toEqual([])
  })
})
