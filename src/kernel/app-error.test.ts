import { describe, expect, it } from 'vitest'
import { APP_ERROR_CODES, AppError, isAppError } from './app-error'

describe('errors', () => {
  it('there are at most ten codes, each once', () => {
    expect(APP_ERROR_CODES.length).toBeLessThanOrEqual(10)
    expect(new Set(APP_ERROR_CODES).size).toBe(APP_ERROR_CODES.length)
  })

  it('only what time may mend is worth another try, unless the thrower knows better', () => {
    const passing = APP_ERROR_CODES.filter((code) => !new AppError(code, 'x').permanent)
    expect(passing).toEqual(['too_many', 'unavailable', 'upstream'])
    expect(new AppError('upstream', 'wrong token', { permanent: true }).permanent).toBe(true)
    expect(new AppError('internal', 'deadlock', { permanent: false }).permanent).toBe(false)
  })

  it('carries what doors and logs need, and its cause', () => {
    const cause = new Error('socket closed')
    const options = { reason: 'watch.offerPage', values: { site: 'OLX.pl' }, retryAfter: 60, cause }
    const error = new AppError('unavailable', 'try later', options)
    expect(error).toMatchObject({ name: 'AppError', code: 'unavailable', message: 'try later', ...options })
    expect(new AppError('internal', 'x')).toMatchObject({ reason: undefined, values: {}, retryAfter: undefined })
  })

  it('is told apart from every other thing that can be thrown', () => {
    expect(isAppError(new AppError('internal', 'x'))).toBe(true)
    expect([new Error('x'), { code: 'internal', name: 'AppError' }, null, 'AppError'].some(isAppError)).toBe(false)
  })
})
