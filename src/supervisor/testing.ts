import { execFile } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { build } from 'esbuild'

type Printed = { readonly stdout: string; readonly stderr: string }

/** Bundles a program of a few lines that may import `@/…`, as the supervisor's own are; gives what runs it. */
export async function bundleProgram(
  contents: string,
  env: Readonly<Record<string, string>> = {},
): Promise<(...args: readonly string[]) => Promise<Printed>> {
  const outfile = join(mkdtempSync(join(tmpdir(), 'gleaner-program-')), 'program.mjs')
  const stdin = { contents, resolveDir: process.cwd(), loader: 'ts' as const }
  const js = `import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);`
  await build({ stdin, outfile, bundle: true, platform: 'node', format: 'esm', banner: { js } })
  const run = promisify(execFile)
  return (...args) => run(process.execPath, [outfile, ...args], { env: { ...process.env, ...env } })
}
