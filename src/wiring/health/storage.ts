import { checkStorage } from '@/storage/check-storage'
import type { Storage } from '@/storage/storage'
import type { CheckPart } from './part'

/** Health is asked every few seconds; a bucket counts each of its requests. */
const KEPT_MS = 60_000

type Tried = { readonly at: number; readonly works: Promise<boolean> }
const tried = new WeakMap<Storage, Tried>()

/** Whether what was put can be read again; tried once a minute. Pages work without, so it never fails the check. */
export const checkStoragePart: CheckPart = async ({ storage, clock }) => {
  const kind = storage.kind
  return (await tryOnce(storage, clock().getTime()))
    ? { state: 'ok', kind }
    : { state: 'degraded', kind, detail: 'files cannot be kept or read' }
}

function tryOnce(storage: Storage, now: number): Promise<boolean> {
  const last = tried.get(storage)
  if (last && now - last.at < KEPT_MS) return last.works
  const works = checkStorage(storage).then(
    () => true,
    () => false,
  )
  tried.set(storage, { at: now, works })
  return works
}
