import { spawn } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll } from 'vitest'
import type { TestDatabase } from '@/db/testing'
import { bundle } from '../../scripts/bundle.ts'
import { ROOT } from '../../scripts/root.ts'

type Outcome = { readonly code: number | null; readonly out: string; readonly err: string }

/** The command line as it is shipped, on the database of a test file and with a data folder of its own. */
export type TestCli = { readonly folder: string; readonly gleaner: (...args: string[]) => Promise<Outcome> }

/** Bundles it before the file's tests, under a name of the file's own: dist/cli.mjs may be in use. */
export function openTestCli(test: TestDatabase, name: string): TestCli {
  const folder = mkdtempSync(join(tmpdir(), `gleaner-${name}-`))
  beforeAll(() => bundle({ [name]: 'src/cli/main.ts' }, 'production'))
  const gleaner = (...args: string[]) => {
    const env = { ...process.env, DATABASE_URL: test.url, GLEANER_DATA_DIR: folder, INNGEST_DEV: '' }
    return outcomeOf(spawn(process.execPath, [join(ROOT, 'dist', `${name}.mjs`), ...args], { env, cwd: folder }))
  }
  return { folder, gleaner }
}

function outcomeOf(child: ReturnType<typeof spawn>): Promise<Outcome> {
  const said = { out: '', err: '' }
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    said.out += text
  })
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    said.err += text
  })
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, ...said })))
}
