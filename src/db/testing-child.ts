import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { afterAll, afterEach, beforeAll } from 'vitest'

/** It speaks to stdout; its errors stand among the test's own. */
export type TestChild = ChildProcessByStdio<null, Readable, null>

/**
 * A program in a process of its own, which a test file may kill at any moment. `start` runs it with these variables beside
 * the test's own; its words to stdout are the test's to hear. What a test leaves running is killed after it.
 */
export function openTestProgram(entry: URL): { start(env: Readonly<Record<string, string>>): TestChild } {
  const folder = mkdtempSync(join(tmpdir(), 'gleaner-child-'))
  const program = join(folder, 'child.mjs')
  const children: TestChild[] = []
  beforeAll(async () => {
    await build({
      entryPoints: [fileURLToPath(entry)],
      outfile: program,
      bundle: true,
      platform: 'node',
      format: 'esm',
      target: 'node22',
      external: ['pg-native'],
      logLevel: 'silent',
      banner: {
        js: `import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);`,
      },
    })
  })
  afterEach(() => {
    for (const child of children.splice(0)) child.kill('SIGKILL')
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  return {
    start(env) {
      const child = spawn(process.execPath, [program], {
        env: { ...process.env, ...env },
        stdio: ['ignore', 'pipe', 'inherit'],
      })
      children.push(child)
      return child
    },
  }
}
