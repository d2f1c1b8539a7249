import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { askOnce } from '../ask-once'
import type { Place } from './place'

export type Running = { readonly pid: number; readonly port: number }

/** Recovery after a crash may take its time. */
const READY_SECONDS = 60

export function urlFor(role: string, { password }: Place, port: number, database: string): string {
  return `postgres://${role}:${password}@127.0.0.1:${port}/${database}`
}

/** The server that runs on this folder and answers, or null. It outlives a parent that was killed with -9. */
export async function findRunning(place: Place): Promise<Running | null> {
  const named = readPidFile(place.data)
  if (!named || !isAlive(named.pid)) return null
  if (isServerOf(named.pid, place.data)) return (await becomesReady(place, named)) ? named : null
  disownPidFile(place.data)
  return null
}

/** `postmaster.pid`: the pid is line 1, the port line 4. */
function readPidFile(data: string): Running | null {
  const file = join(data, 'postmaster.pid')
  if (!existsSync(file)) return null
  const lines = readFileSync(file, 'utf8').split('\n')
  const [pid, port] = [Number(lines[0]), Number(lines[3])]
  return pid > 0 && port > 0 ? { pid, port } : null
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** A pid is used again by the system: the command line tells whether it is still our server's. */
function isServerOf(pid: number, data: string): boolean {
  return commandOf(pid).includes(`postgres -D ${data} `)
}

function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
  } catch {
    // Gone meanwhile, or a system without /proc (macOS), where `ps` knows.
    return spawnSync('ps', ['-ww', '-o', 'command=', '-p', String(pid)]).stdout?.toString() ?? ''
  }
}

/**
 * PostgreSQL refuses to start while the pid of its file is alive, whoever has that pid now. With its parent's pid there it
 * goes on to its other check: that no process of the dead server still uses the shared memory, which the file names too.
 */
function disownPidFile(data: string): void {
  const file = join(data, 'postmaster.pid')
  writeFileSync(file, readFileSync(file, 'utf8').replace(/^\d+/, String(process.pid)))
}

/** Asks until the server answers a query; false when it ended meanwhile. Throws when it lives on without answering. */
export async function becomesReady(place: Place, { pid, port }: Running): Promise<boolean> {
  const url = urlFor('postgres', place, port, 'postgres')
  for (const until = Date.now() + READY_SECONDS * 1000; Date.now() < until; await sleep(25)) {
    if (await answers(url, place)) return true
    if (!isAlive(pid)) return false
  }
  throw new Error(`PostgreSQL (process ${pid}) has not answered for ${READY_SECONDS} s; see ${place.log}`)
}

async function answers(url: string, place: Place): Promise<boolean> {
  try {
    await askOnce(url, 'select 1')
    return true
  } catch (error) {
    // While it starts, recovers or stops it refuses: "not yet". A wrong password never becomes right.
    if ((error as { code?: string }).code !== '28P01') return false
    throw new Error(`PostgreSQL refuses the password in ${place.passwordFile}: put back the one it was made with`)
  }
}

/** Fast shutdown: open transactions are rolled back; after 10 s at once, which costs a recovery at the next start. */
export async function stopServer(pid: number, data: string): Promise<void> {
  for (const signal of ['SIGINT', 'SIGQUIT'] as const) {
    if (!isAlive(pid) || !isServerOf(pid, data)) return
    process.kill(pid, signal)
    for (let left = 400; left > 0 && isAlive(pid); left -= 1) await sleep(25)
  }
}
