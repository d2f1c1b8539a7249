import { chmodSync, mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { readEnv } from '@/env'
import { keepSecrets } from './secrets'
import { bundleProgram } from './testing'

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

test.each([
  ['empty', ''],
  ['cut off', '{"AUTH_SECRET": "abc", "GLEANER_ENC'],
  ['no object', '[]'],
  ['a secret that is no text', '{"AUTH_SECRET": 7}'],
  ['an empty secret', '{"GLEANER_ENCRYPTION_KEY": ""}'],
])('a file that is %s is told and left as it is: new secrets would lose sealed settings', (_what, text) => {
  const file = secretsFile()
  writeFileSync(file, text)
  expect(() => keepSecrets(file, {} as NodeJS.ProcessEnv)).toThrow(/secrets\.json is damaged.*backup/)
  expect(readFileSync(file, 'utf8')).toBe(text)
})

test('it is written beside and renamed, so that no reader ever sees half of it', () => {
  const file = secretsFile()
  writeFileSync(file, JSON.stringify({ AUTH_SECRET: 'kept', LATER: 'too' }))
  chmodSync(file, 0o644)
  const before = statSync(file).ino
  keepSecrets(file, {} as NodeJS.ProcessEnv)
  expect(statSync(file).ino).not.toBe(before)
  expect(statSync(file).mode & 0o777).toBe(0o600)
  expect(readdirSync(dirname(file))).toEqual(['secrets.json'])
  expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ AUTH_SECRET: 'kept', LATER: 'too' })
})

test('two processes that start at once on a new folder keep the same secrets', async () => {
  const file = secretsFile()
  const program = await bundleProgram(`import { keepSecrets } from '@/supervisor/secrets'
    process.stdout.write(JSON.stringify(keepSecrets(process.argv[2], {})))`)
  const both = await Promise.all([1, 2, 3, 4].map(() => program(file)))
  expect(new Set(both.map(({ stdout }) => stdout)).size).toBe(1)
  expect(readdirSync(dirname(file))).toEqual(['secrets.json'])
})
