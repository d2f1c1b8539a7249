import { eq } from 'drizzle-orm'
import type { Database, Transaction } from '@/db/client'
import { AppError } from '@/kernel/app-error'
import type { SecretBox } from './secret-box'
import { instanceSettings } from './table'

/** Whoever changes settings of the installation; `user` of a session caller fits. */
export type Administrator = { readonly id: string; readonly administrator: boolean }

/** The pasted value, or null. Ask the environment first: it wins. Not within a workspace's transaction, which may not read it. */
export async function readSetting(db: Database | Transaction, box: SecretBox, key: string): Promise<string | null> {
  const [row] = await db.select().from(instanceSettings).where(eq(instanceSettings.key, key))
  return row ? box.open(row.ciphertext, key) : null
}

/** Encrypts and keeps `value`. Throws `forbidden` for anybody but an administrator. */
export async function writeSetting(
  db: Database | Transaction,
  box: SecretBox,
  by: Administrator,
  key: string,
  value: string,
): Promise<void> {
  requireAdministrator(by)
  const row = { ciphertext: box.seal(value, key), updatedAt: new Date(), updatedBy: by.id }
  await db
    .insert(instanceSettings)
    .values({ key, ...row })
    .onConflictDoUpdate({ target: instanceSettings.key, set: row })
}

/** Forgets the pasted value. Throws `forbidden` for anybody but an administrator. */
export async function deleteSetting(db: Database | Transaction, by: Administrator, key: string): Promise<void> {
  requireAdministrator(by)
  await db.delete(instanceSettings).where(eq(instanceSettings.key, key))
}

/** Throws `forbidden` for anybody but an administrator. */
export function requireAdministrator(by: Administrator): void {
  if (!by.administrator) throw new AppError('forbidden', 'not an administrator', { reason: 'administrator' })
}
