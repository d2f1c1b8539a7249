import { readFileSync, readlinkSync } from 'node:fs'
import { hostname } from 'node:os'

/** Workers of this very process (tests start several): their shared pid says nothing. */
const own = new Set<string>()

export function nameOwn(workerId: string): void {
  own.add(workerId)
}

export function forgetOwn(workerId: string): void {
  own.delete(workerId)
}

/**
 * Where this process's pid can be looked up: the boot and the pid namespace, for two containers may share a host name,
 * and a dead-looking pid in the other one must not cost it its runs. Elsewhere than on Linux, the host's name.
 */
export function homeOfProcess(): string {
  try {
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()} ${readlinkSync('/proc/self/ns/pid')}`
  } catch {
    // No /proc: no containers that share it either.
    return hostname()
  }
}

/** Whether a worker of this home is surely dead. A pid that was given to another program counts as alive. */
export function isSurelyDead(worker: { readonly id: string; readonly pid: number }): boolean {
  if (own.has(worker.id)) return false
  if (worker.pid === process.pid) return true
  try {
    process.kill(worker.pid, 0)
    return false
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH'
  }
}
