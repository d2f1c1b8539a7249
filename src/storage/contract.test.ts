import { chmod, mkdtemp, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { readEnv } from '@/env'
import { type S3, startS3 } from '../../e2e/world/s3/s3'
import { checkStorage } from './check-storage'
import { openStorage } from './open-storage'
import { createS3Storage } from './s3'
import type { Storage } from './storage'

let folder = ''
let s3: S3
beforeAll(async () => {
  s3 = await startS3({ host: '127.0.0.1', port: 0, pageSize: 2 })
})
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gleaner-storage-'))
  s3.reset()
  return () => rm(folder, { recursive: true })
})
afterAll(() => s3.close())

const local = () => openStorage(readEnv({ GLEANER_DATA_DIR: folder }))
const remote = () => openStorage(readEnv(s3.env()))
const text = (value: string) => new TextEncoder().encode(value)

async function keysOf(storage: Storage, prefix: string): Promise<readonly string[]> {
  const keys: string[] = []
  for await (const { key, size } of storage.list(prefix)) keys.push(`${key} ${size}`)
  return keys.sort()
}

describe.each([
  ['a folder', local],
  ['a bucket', remote],
] as const)('%s', (_, open) => {
  it('gives back what was put, byte by byte, with its media type', async () => {
    const bytes = Uint8Array.from({ length: 70_000 }, (_, i) => (i * 7) % 256)
    await open().put('snapshots/ab/one.html.gz', bytes, 'application/gzip')
    const found = await open().get('snapshots/ab/one.html.gz')
    expect(found?.contentType).toBe('application/gzip')
    expect(Buffer.from(found?.bytes ?? []).equals(Buffer.from(bytes))).toBe(true)
  })

  it('replaces a blob whole, and an empty one is a blob', async () => {
    await open().put('a', text('longer than what follows'), 'text/plain')
    await open().put('a', text(''), 'text/html; charset=utf-8')
    expect(await open().get('a')).toMatchObject({ contentType: 'text/html; charset=utf-8' })
    expect((await open().get('a'))?.bytes).toHaveLength(0)
  })

  it('what is not there is null, and can be deleted', async () => {
    expect(await open().get('nobody/knows')).toBeNull()
    await open().delete('nobody/knows')
    await open().put('known', text('x'), 'text/plain')
    await open().delete('known')
    expect(await open().get('known')).toBeNull()
  })

  it('lists by the beginning of keys, with sizes, page after page', async () => {
    for (const key of ['a', 'a/b', 'a/c/d', 'ab/c', 'b/a']) await open().put(key, text(key), 'text/plain')
    expect(await keysOf(open(), '')).toEqual(['a 1', 'a/b 3', 'a/c/d 5', 'ab/c 4', 'b/a 3'])
    expect(await keysOf(open(), 'a/')).toEqual(['a/b 3', 'a/c/d 5'])
    expect(await keysOf(open(), 'a/c')).toEqual(['a/c/d 5'])
    expect(await keysOf(open(), 'zzz/')).toEqual([])
    for await (const { modifiedAt } of open().list('a')) {
      expect(Math.abs(modifiedAt.getTime() - Date.now())).toBeLessThan(60_000)
    }
  })

  it.each(['../etc/passwd', '/etc/passwd', 'a/../../b', 'a//b', '.hidden', 'A', 'a\\b', 'a\0b', 'a~', '', 'a/', 'ż'])(
    'the key %j is refused before anything is asked',
    async (key) => {
      await expect(open().put(key, text('x'), 'text/plain')).rejects.toMatchObject({ code: 'internal' })
      await expect(open().get(key)).rejects.toThrow()
      await expect(open().delete(key)).rejects.toThrow()
    },
  )

  it('many writers of one key leave one of their blobs, whole', async () => {
    const blobs = Array.from({ length: 10 }, (_, i) => text(String(i).repeat(50_000)))
    await Promise.all(blobs.map((bytes) => open().put('same', bytes, 'text/plain')))
    const found = Buffer.from((await open().get('same'))?.bytes ?? [])
    expect(blobs.some((bytes) => found.equals(bytes))).toBe(true)
  })

  it('works, says its check, and leaves nothing', async () => {
    await checkStorage(open())
    expect(await keysOf(open(), '')).toEqual([])
  })
})

describe('a folder that is kept', () => {
  it('is for this user alone, and what a dead writer left goes after a while', async () => {
    await local().put('a/b', text('x'), 'text/plain')
    expect((await stat(join(folder, 'files', 'a', 'b~'))).mode & 0o777).toBe(0o600)
    const left = join(folder, 'files', '.unfinished', 'left')
    await writeFile(left, 'half')
    await local().tidy(new Date(Date.now() - 3_600_000))
    expect(await readdir(join(folder, 'files', '.unfinished'))).toEqual(['left'])
    await utimes(left, 0, 0)
    await local().tidy(new Date(Date.now() - 3_600_000))
    expect(await readdir(join(folder, 'files', '.unfinished'))).toEqual([])
    expect(await keysOf(local(), '')).toEqual(['a/b 1'])
  })

  it('that cannot be written says that the storage is unavailable', async () => {
    await writeFile(join(folder, 'files'), 'a file is in the way')
    await chmod(folder, 0o700)
    await expect(checkStorage(local())).rejects.toMatchObject({ code: 'unavailable', reason: 'storage' })
  })
})

describe('a bucket that is asked', () => {
  it('refuses another secret, and the check says so', async () => {
    const storage = openStorage(readEnv({ ...s3.env(), S3_SECRET_ACCESS_KEY: 'another' }))
    await expect(checkStorage(storage)).rejects.toMatchObject({
      code: 'unavailable',
      message: 'storage: the S3 server answers 403 SignatureDoesNotMatch',
    })
  })

  it('that does not exist is no bucket without blobs', async () => {
    const storage = openStorage(readEnv({ ...s3.env(), S3_BUCKET: 'other' }))
    await expect(storage.get('a')).rejects.toMatchObject({ code: 'unavailable' })
    await expect(storage.delete('a')).rejects.toThrow('NoSuchBucket')
    await expect(keysOf(storage, '')).rejects.toThrow('NoSuchBucket')
  })

  it('is asked again when it has no time, and given up when it never has', async () => {
    s3.failNext(2)
    await remote().put('a', text('x'), 'text/plain')
    expect(s3.objects.get('a')?.bytes.toString()).toBe('x')
    s3.failNext(3)
    await expect(remote().get('a')).rejects.toMatchObject({ code: 'unavailable' })
  })

  it('that does not answer at all is unavailable', async () => {
    const away = { endpoint: 'http://127.0.0.1:9', bucket: 'b', region: 'r', accessKeyId: 'a', secretAccessKey: 's' }
    await expect(createS3Storage(away).get('a')).rejects.toMatchObject({ code: 'unavailable' })
  })
})
