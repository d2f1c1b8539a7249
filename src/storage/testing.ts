import { rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { newId } from '@/kernel/ids'
import { createLocalStorage } from './local'
import type { Storage } from './storage'

const folder = join(tmpdir(), `gleaner-files-${newId()}`)
process.once('exit', () => rmSync(folder, { recursive: true, force: true }))

/** An empty folder of its own; it goes with the process. */
export function createTestStorage(): Storage {
  return createLocalStorage(join(folder, newId()))
}
