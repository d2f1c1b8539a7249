import { mkdtempSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readEnv } from '@/env'
import { keepSecrets } from './secrets'

function secretsFile(): string {
  return join(mkdtempSync(join(tmpdir(), 'gleaner-secrets-')), 'secrets.json')
}

test('secrets are made once, kept, and readable by their owner alone', () => {
  const file = secretsFile()
  const made = keepSecrets(file, {} as NodeJS.ProcessEnv)
  expect(keepSecrets(file, {} as NodeJS.ProcessEnv)).toEqual(made)
  expect(statSync(file).mode & 0o777).toBe(0o600)
  expect(() => readEnv(made)).not.toThrow()
})

test('the environment wins, and an empty value is none', () => {
  const file = secretsFile()
  const env = { AUTH_SECRET: 'x'.repeat(40), GLEANER_ENCRYPTION_KEY: '' } as unknown as NodeJS.ProcessEnv
  const { AUTH_SECRET, GLEANER_ENCRYPTION_KEY } = keepSecrets(file, env)
  expect(AUTH_SECRET).toBe('x'.repeat(40))
  expect(Buffer.from(GLEANER_ENCRYPTION_KEY, 'base64')).toHaveLength(32)
})

test('a secret that a newer release needs is added, and the others stay', () => {
  const file = secretsFile()
  writeFileSync(file, JSON.stringify({ AUTH_SECRET: 'kept' }))
  expect(keepSecrets(file, {} as NodeJS.ProcessEnv)).toMatchObject({ AUTH_SECRET: 'kept' })
})
