import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import { ROOT } from './root.ts'

/** Which files may stand where: noun → folder, role → file name. A room that grows a drawer for everything fails here. */

const MOST_LINES = 400
/** Names that say nothing about what is inside. */
const NO_NAMES = /^(utils?|helpers?|hooks|lib|index|common|misc|shared|types)$/

/** The rooms of features: here the list is closed. */
const FEATURES = /^src\/(bargains|giving|needs|notifications)\//
/** A role each: docs/decisions/006 says what each holds. */
const ROLES =
  /^(rules(-[a-z0-9-]+)?|schema|table|queries|router|bot|registry|deps|settings|testing)\.ts$|^messages\.tsx?$|^README\.md$/
/** A verb and its noun: one write, or one piece of one. */
const VERB_NOUN = /^[a-z0-9]+(-[a-z0-9]+)+\.tsx?$/
const TEST = /\.test\.tsx?$/
/** Contracts: what everything of a kind in that folder fulfils, and the list of them. */
const CONTRACTS = [
  'src/bargains/sources/source.ts',
  'src/notifications/message.ts',
  'src/notifications/outlets.ts',
  'src/notifications/channels/channel.ts',
  'src/notifications/channels/email/mail.ts',
]
/** The one file that is called after its folder, or after what it fulfils: `telegram/telegram.ts`, `olx/source.ts`. */
const ONE_OF_A_KIND = /\/([a-z-]+)\/(source|channel|\1)\.tsx?$/

const files = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: ROOT })
  .toString()
  .split('\0')
  .filter((file) => /\.(tsx?|mjs|cjs|md)$/.test(file) && !file.startsWith('drizzle/') && existsSync(`${ROOT}/${file}`))

const code = files.filter((file) => /\.(tsx?|mjs)$/.test(file)).map((file) => ({ file, lines: countLines(file) }))
const problems = [
  ...files.filter((file) => /^(src|emails)\//.test(file)).flatMap(badNames),
  ...files
    .filter((file) => FEATURES.test(file) && !belongs(file))
    .map((file) => `${file}: has no role of the closed list`),
  ...code
    .filter(({ lines }) => lines > MOST_LINES)
    .map(({ file, lines }) => `${file}: ${lines} lines, over ${MOST_LINES}`),
]
for (const problem of problems) console.log(problem)
console.log(`${code.length} files of code: ${summarise(code.map(({ lines }) => lines))}`)
process.exitCode = problems.length > 0 || code.length === 0 ? 1 : 0

function badNames(file: string): readonly string[] {
  const names = [...dirname(file).split('/').slice(1), basename(file).replace(/\..*$/, '')]
  // Next decides the names below src/app.
  return file.startsWith('src/app/')
    ? []
    : names.filter((name) => NO_NAMES.test(name)).map((name) => `${file}: "${name}"`)
}

function belongs(file: string): boolean {
  const [name, folder] = [basename(file), basename(dirname(file))]
  if (TEST.test(name) || /\/fixtures\//.test(file) || CONTRACTS.includes(file) || ONE_OF_A_KIND.test(file)) return true
  if (folder === 'ui') return /^[a-z0-9-]+\.tsx?$/.test(name)
  return ROLES.test(name) || VERB_NOUN.test(name)
}

function countLines(file: string): number {
  return readFileSync(`${ROOT}/${file}`, 'utf8').split('\n').length - 1
}

function summarise(lines: readonly number[]): string {
  const sorted = lines.toSorted((a, b) => a - b)
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0
  return `median ${at(0.5)} lines, p90 ${at(0.9)}, longest ${at(1)}`
}
