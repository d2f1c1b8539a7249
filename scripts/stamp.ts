import { createHash } from 'node:crypto'
import { existsSync, globSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { ROOT } from './root.ts'

/** Everything that a build is made of, but for tests. */
const SOURCES = ['src/**/*', 'emails/**/*', 'public/**/*', 'scripts/{ensure-built,bundle}.ts', '*.{ts,mjs,json}']
const NOT_BUILT =
  /\.(test|spec)\.tsx?$|^next-env\.d\.ts$|^(vitest|playwright|drizzle)\.config\.ts$|^(biome|knip)\.json$/

/** A digest of the sources' names and contents: equal sources, equal stamp, whatever their times. */
export function stampSources(): string {
  const digest = createHash('sha256').update(process.version.split('.')[0] ?? '')
  for (const name of globSync(SOURCES, { cwd: ROOT }).sort()) {
    const file = join(ROOT, name)
    if (NOT_BUILT.test(name) || !statSync(file).isFile()) continue
    digest.update(`${name}\0`).update(readFileSync(file)).update('\0')
  }
  return digest.digest('hex')
}

/** What was built from these sources keeps their stamp beside it. */
export function isFresh(stampFile: string, stamp: string): boolean {
  const file = join(ROOT, stampFile)
  return existsSync(file) && readFileSync(file, 'utf8') === stamp
}

export function writeStamp(stampFile: string, stamp: string): void {
  const file = join(ROOT, stampFile)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, stamp)
}

/** Before a build, so that one that was interrupted is not taken for whole. */
export function removeStamp(stampFile: string): void {
  rmSync(join(ROOT, stampFile), { force: true })
}
