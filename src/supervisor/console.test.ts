import { expect, test } from 'vitest'
import { bundleProgram } from './testing'

const CANARY = 'canary-4cf7b2e1d09a4b6c8e35'

const LINES = [
  `Error: connect postgres://gleaner:${CANARY}@db:5432/gleaner`,
  `  password: '${CANARY}',`,
  `{ token: '${CANARY}' }`,
  `{"level":50,"msg":"printed by a library","token":"${CANARY}"}`,
  `GET https://api.telegram.org/bot123456789:${CANARY}/getMe`,
]

test('what a process prints past its log is shown without its secrets, as lines of JSON', async () => {
  const program = await bundleProgram(`import { openConsole } from '@/supervisor/console'
    const console = openConsole(true)
    for (const line of JSON.parse(process.argv[2])) console.pass('web', line, true)`)
  const { stdout, stderr } = await program(JSON.stringify(LINES))
  const shown = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  expect(shown).toHaveLength(LINES.length)
  const msg = 'Error: connect postgres://gleaner:[redacted]@db:5432/gleaner'
  expect(shown).toContainEqual(expect.objectContaining({ process: 'web', msg }))
  expect(stdout + stderr).not.toContain(CANARY)
})
