import { randomUUID } from 'node:crypto'
import { mkdir, open, opendir, readFile, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { assertKey, assertPrefix, assertType, type Blob, type BlobEntry, type Storage, storageRefused } from './storage'

/** The media type stands before the bytes, in a line of this length: one file is written whole or not at all. */
const HEAD = 128
/** No key holds one: a file `a~` and a folder `a` never meet. */
const MARK = '~'
/** No key begins with a dot. */
const UNFINISHED = '.unfinished'

/** Blobs as files below `root`, readable by this user alone. The folder is made when it is needed. */
export function createLocalStorage(root: string): Storage {
  const pathOf = (key: string) => {
    assertKey(key)
    return join(root, `${key}${MARK}`)
  }
  return {
    kind: 'local',
    put: async (key, bytes, contentType) => {
      assertType(contentType)
      const path = pathOf(key)
      await attempt(() => write(root, path, bytes, contentType))
    },
    get: async (key) => {
      const path = pathOf(key)
      return attempt(() => read(path))
    },
    delete: async (key) => {
      const path = pathOf(key)
      await attempt(() => rm(path, { force: true }))
    },
    list: (prefix) => {
      assertPrefix(prefix)
      return walk(root, prefix.slice(0, prefix.lastIndexOf('/') + 1), prefix)
    },
    tidy: (before) => attempt(() => removeUnfinished(join(root, UNFINISHED), before)),
  }
}

/** Beside, then in place: a reader sees the old file or the new one, and so does who starts after a power cut. */
async function write(root: string, path: string, bytes: Uint8Array, contentType: string): Promise<void> {
  const beside = join(root, UNFINISHED, randomUUID())
  for (const folder of [dirname(beside), dirname(path)]) await mkdir(folder, { recursive: true, mode: 0o700 })
  const file = await open(beside, 'wx', 0o600)
  try {
    await file.writev([Buffer.from(`${contentType.padEnd(HEAD - 1)}\n`, 'latin1'), bytes])
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(beside, path)
}

async function read(path: string): Promise<Blob | null> {
  const whole = await unlessMissing(() => readFile(path))
  if (!whole) return null
  return { contentType: whole.toString('latin1', 0, HEAD).trimEnd(), bytes: whole.subarray(HEAD) }
}

/** A folder or file that goes while it is read is one that is not there. */
async function* walk(root: string, folder: string, prefix: string): AsyncGenerator<BlobEntry> {
  const entries = await attempt(() => unlessMissing(() => opendir(join(root, folder))))
  if (!entries) return
  for await (const entry of entries) {
    const key = `${folder}${entry.name.replace(MARK, '')}`
    if (entry.name === UNFINISHED) continue
    if (entry.isDirectory()) {
      if (`${key}/`.startsWith(prefix) || prefix.startsWith(`${key}/`)) yield* walk(root, `${key}/`, prefix)
    } else if (key.startsWith(prefix)) {
      const found = await attempt(() => unlessMissing(() => stat(join(root, folder, entry.name))))
      if (found) yield { key, size: found.size - HEAD, modifiedAt: found.mtime }
    }
  }
}

async function removeUnfinished(folder: string, before: Date): Promise<void> {
  const entries = await unlessMissing(() => opendir(folder))
  if (!entries) return
  for await (const { name } of entries) {
    const found = await unlessMissing(() => stat(join(folder, name)))
    if (found && found.mtime < before) await rm(join(folder, name), { force: true })
  }
}

async function unlessMissing<T>(work: () => Promise<T>): Promise<T | null> {
  try {
    return await work()
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null
    throw error
  }
}

async function attempt<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw storageRefused(codeOf(error), error)
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'failed'
}
