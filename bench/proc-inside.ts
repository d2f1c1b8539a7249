import { readdirSync, readFileSync } from 'node:fs'

/** What Linux tells of processes; figures are 0 where there is no /proc. */

/** Clock ticks a second in /proc, which Linux keeps at 100 for programs. */
const TICKS = 100

export type Spent = { readonly seconds: number; readonly megabytes: number }

/** The process and all that it started, as far as they live. */
export function familyOf(pid: number): readonly number[] {
  const parents = processes()
  const family = [pid]
  // The list grows while it is walked, so that children of children are found, too.
  for (const member of family) family.push(...parents.filter(([, parent]) => parent === member).map(([own]) => own))
  return family
}

function processes(): readonly (readonly [pid: number, parent: number])[] {
  return namesIn('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      const parent = statOf(Number(name))[1]
      return parent === undefined ? [] : [[Number(name), Number(parent)] as const]
    })
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
  } catch {
    // Not Linux: there is nothing to tell.
    return []
  }
}

/** The fields after the name, which may hold blanks: state, parent, … Empty for a process that has ended. */
function statOf(pid: number): readonly string[] {
  return textOf(`/proc/${pid}/stat`)
    .replace(/^.*\) /s, '')
    .split(' ')
    .filter(Boolean)
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    // It has ended, or this is not Linux.
    return ''
  }
}

/** Seconds of processor time of these processes, and of their children that have ended. */
export function cpuSeconds(pids: readonly number[]): number {
  return pids.reduce((sum, pid) => {
    const [user = '0', system = '0', endedUser = '0', endedSystem = '0'] = statOf(pid).slice(11, 15)
    return sum + (Number(user) + Number(system) + Number(endedUser) + Number(endedSystem)) / TICKS
  }, 0)
}

/** Megabytes in memory: what processes share (PostgreSQL's buffers) is counted once, in equal parts. */
export function megabytes(pids: readonly number[]): number {
  return pids.reduce((sum, pid) => sum + memberMegabytes(pid, 'smaps_rollup', /^Pss:\s+(\d+)/m), 0)
}

/** Resident megabytes of one process, what it shares included. */
export function residentMegabytes(pid: number): number {
  return memberMegabytes(pid, 'status', /^VmRSS:\s+(\d+)/m)
}

function memberMegabytes(pid: number, file: string, pattern: RegExp): number {
  return Number(pattern.exec(textOf(`/proc/${pid}/${file}`))?.[1] ?? 0) / 1024
}

/** Looks again and again; `most` answers the most that was seen so far. */
export function watchMost(
  look: () => number,
  everyMs = 250,
): { readonly most: () => number; readonly stop: () => void } {
  let most = look()
  const timer = setInterval(() => {
    most = Math.max(most, look())
  }, everyMs)
  return { most: () => most, stop: () => clearInterval(timer) }
}
