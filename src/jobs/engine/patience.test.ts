import { describe, expect, it } from 'vitest'
import { isPassing as isPassingOutside } from '@/db/lost-connection'
import { isPassing } from './patience'

const failing = (code: string) => Object.assign(new Error('no answer'), { code })

describe('a database that does not answer', () => {
  it.each(['ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'ECONNREFUSED', '25006', '57P01', '53300'])(
    'is waited for: %s',
    (code) => {
      expect(isPassing(failing(code))).toBe(true)
      expect(isPassingOutside(failing(code))).toBe(true)
    },
  )

  it.each(['22021', '23505', '42P01'])('is not asked again for what it refuses: %s', (code) => {
    expect(isPassing(failing(code))).toBe(false)
    expect(isPassingOutside(failing(code))).toBe(false)
  })
})
