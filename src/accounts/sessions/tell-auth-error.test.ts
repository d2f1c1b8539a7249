import { decode, encode } from 'next-auth/jwt'
import { pino } from 'pino'
import { describe, expect, it } from 'vitest'
import { signInSchema } from '@/accounts/schema'
import { AppError } from '@/kernel/app-error'
import { tellAuthError } from './tell-auth-error'

/** As a build has it: the class's name is shortened, its type is not. */
const authError = (type: string, err?: unknown) =>
  Object.assign(new Error('said', { cause: { err } }), { name: 'e', type })

function levelsOf(error: Error): readonly number[] {
  const levels: number[] = []
  const log = pino({ level: 'debug' }, { write: (line: string) => void levels.push(JSON.parse(line).level) })
  tellAuthError(log, error)
  return levels
}

async function thrownBy(work: () => unknown): Promise<unknown> {
  try {
    await work()
    return null
  } catch (error) {
    return error
  }
}

const read = (token: string) => thrownBy(() => decode({ token, secret: 'now', salt: 'cookie' }))
const [DEBUG, ERROR] = [[20], [50]]

describe('what Auth.js says', () => {
  it.each(['CredentialsSignin', 'UnknownAction', 'MissingCSRF', 'InvalidProvider', 'InvalidCallbackUrl'])(
    'is no error of ours where a visitor causes it: %s',
    (type) => expect(levelsOf(authError(type))).toEqual(DEBUG),
  )

  it('is none where a cookie is no token, or was written with another secret', async () => {
    const others = await encode({ token: { sid: 'x' }, secret: 'before', salt: 'cookie' })
    const old = await encode({ token: { sid: 'x' }, secret: 'now', salt: 'cookie', maxAge: -60 })
    for (const token of ['garbage', 'a.b.c.d.e', 'eyJ.eyJ.eyJ', `${others}x`, others, old]) {
      const cause = await read(token)
      expect(cause).toBeInstanceOf(Error)
      expect(levelsOf(authError('JWTSessionError', cause))).toEqual(DEBUG)
    }
  })

  it('is none where a sign-in is refused, of the wrong form or no JSON', async () => {
    const zod = await thrownBy(() => signInSchema.parse({ email: 1 }))
    const json = await thrownBy(() => JSON.parse('{'))
    expect(levelsOf(authError('CallbackRouteError', new AppError('forbidden', 'wrong password')))).toEqual(DEBUG)
    expect(levelsOf(authError('CallbackRouteError', zod))).toEqual(DEBUG)
    expect(json instanceof Error && levelsOf(json)).toEqual(DEBUG)
  })

  it('is one where the database or a setting of ours is to blame', () => {
    const away = Object.assign(new Error('away'), { code: 'ECONNREFUSED' })
    expect(levelsOf(authError('JWTSessionError', away))).toEqual(ERROR)
    expect(levelsOf(authError('CallbackRouteError', away))).toEqual(ERROR)
    expect(levelsOf(authError('MissingSecret'))).toEqual(ERROR)
    expect(levelsOf(new Error('nobody expected'))).toEqual(ERROR)
  })
})
