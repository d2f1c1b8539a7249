import { randomUUID } from 'node:crypto'
import { type Storage, storageRefused } from './storage'

/** Puts something small, reads it again and removes it. Throws `AppError` `unavailable` where one of these fails. */
export async function checkStorage(storage: Storage): Promise<void> {
  const key = `health/${randomUUID()}`
  await storage.put(key, Buffer.from(key), 'text/plain')
  const found = await storage.get(key)
  await storage.delete(key)
  if (!found || Buffer.from(found.bytes).toString() !== key) throw storageRefused('it does not give back what was put')
}
