import { closeSync, openSync, readFileSync, unlinkSync, writeSync } from 'node:fs'

/**
 * Who runs on this data folder: its pid, when that process began (a pid alone is used again by the system), and the port
 * where its pages are, if it has any.
 */
export type Holder = { readonly pid: number; readonly began: string; readonly port: number | null }

/** Thrown when another process runs on the same data folder. */
export class LockHeld extends Error {
  override readonly name = 'LockHeld'
  readonly pid: number

  constructor(pid: number) {
    super(`process ${pid} holds the lock`)
    this.pid = pid
  }
}

/** Takes the lock file for this process; returns what releases it. A holder that is dead (kill -9) is passed over. */
export function takeLock(file: string, port: number | null = null): () => void {
  const holder = findHolder(file)
  if (holder) throw new LockHeld(holder.pid)
  removeQuietly(file)
  const own: Holder = { pid: process.pid, began: beginOf(process.pid), port }
  writeNew(file, `${JSON.stringify(own)}\n`)
  return () => removeQuietly(file)
}

/** The living process that holds the lock, or null. */
export function findHolder(file: string): Holder | null {
  const holder = readHolder(file)
  if (!holder || holder.pid === process.pid || !isAlive(holder.pid)) return null
  return beginOf(holder.pid) === holder.began ? holder : null
}

function readHolder(file: string): Holder | null {
  try {
    const { pid, began, port } = JSON.parse(readFileSync(file, 'utf8')) as Partial<Holder>
    return typeof pid === 'number' ? { pid, began: String(began), port: port ?? null } : null
  } catch (error) {
    // A file that was half written when the machine lost power names nobody.
    if (error instanceof SyntaxError || codeOf(error) === 'ENOENT') return null
    throw error
  }
}

function writeNew(file: string, text: string): void {
  try {
    const handle = openSync(file, 'wx', 0o600)
    writeSync(handle, text)
    closeSync(handle)
  } catch (error) {
    // Two starts at the same moment: the other one was quicker.
    if (codeOf(error) === 'EEXIST') throw new LockHeld(readHolder(file)?.pid ?? 0)
    throw error
  }
}

function removeQuietly(file: string): void {
  try {
    unlinkSync(file)
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return codeOf(error) === 'EPERM'
  }
}

/** Clock ticks since boot at which a process began (proc(5), field 22); empty where there is no /proc. */
function beginOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? ''
  } catch {
    // macOS has no /proc: then the pid alone must do.
    return ''
  }
}

function codeOf(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException).code
}
