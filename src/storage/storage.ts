import { AppError } from '@/kernel/app-error'

/** Bytes with the media type that they were put with. */
export type Blob = { readonly bytes: Uint8Array; readonly contentType: string }

export type BlobEntry = {
  readonly key: string
  /** Bytes. */
  readonly size: number
  /** When it was put last. */
  readonly modifiedAt: Date
}

/**
 * Where files lie: a folder of this machine, or a bucket. Keys are lower-case segments with `/` between them; `assertKey`
 * says which. A put replaces the whole blob or nothing of it, whenever the process dies. Every verb throws `AppError`
 * `unavailable` where the disk or the server refuses.
 */
export type Storage = {
  readonly kind: 'local' | 's3'
  readonly put: (key: string, bytes: Uint8Array, contentType: string) => Promise<void>
  /** Null where there is none. */
  readonly get: (key: string) => Promise<Blob | null>
  /** What is not there is no error. */
  readonly delete: (key: string) => Promise<void>
  /** Everything whose key begins with `prefix`, in no order. */
  readonly list: (prefix: string) => AsyncIterable<BlobEntry>
  /** Removes what writes left that died half-way, where such a thing can be. */
  readonly tidy: (before: Date) => Promise<void>
}

const SEGMENT = '[a-z0-9][a-z0-9._-]{0,127}'
const KEY = new RegExp(`^${SEGMENT}(/${SEGMENT}){0,15}$`)
const TYPE = /^[\x21-\x7e][\x20-\x7e]{0,99}$/

/** No segment begins with a dot, so that no key leads out of the folder; lower case alone, for disks that do not tell it. */
export function assertKey(key: string): void {
  if (!KEY.test(key) || key.length > 512) throw new AppError('internal', 'not a key of the storage')
}

/** The beginning of a key. */
export function assertPrefix(prefix: string): void {
  if (prefix !== '' && !KEY.test(prefix.replace(/\/$/, ''))) throw new AppError('internal', 'not a prefix of keys')
}

export function assertType(contentType: string): void {
  if (!TYPE.test(contentType)) throw new AppError('internal', 'not a media type')
}

/** The storage cannot be used now; what was asked of it may be asked again. */
export function storageRefused(what: string, cause?: unknown): AppError {
  return new AppError('unavailable', `storage: ${what}`, { reason: 'storage', cause })
}
