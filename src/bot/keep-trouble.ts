import { eq, sql } from 'drizzle-orm'
import { GrammyError } from 'grammy'
import { z } from 'zod'
import { instanceSettings } from '@/accounts/table'
import type { Database } from '@/db/client'

/** A row of `instance_settings` that holds no secret: why the bot cannot listen, for whoever asks another process. */
const KEY = 'bot.trouble'

const stored = z.object({ code: z.string(), since: z.iso.datetime() })

/** `401`: the token is wrong. `409`: somebody else polls this bot. Another status, or `network`. */
export type BotTrouble = { readonly code: string; readonly since: Date }

/** What is wrong, as a code alone: the text of an error may hold the token. */
export function troubleOf(error: unknown): string {
  return error instanceof GrammyError ? String(error.error_code) : 'network'
}

/** Keeps since when it is this. */
export async function keepTrouble(db: Database, code: string, now: Date): Promise<void> {
  const ciphertext = JSON.stringify({ code, since: now.toISOString() })
  await db
    .insert(instanceSettings)
    .values({ key: KEY, ciphertext })
    .onConflictDoUpdate({
      target: instanceSettings.key,
      set: { ciphertext, updatedAt: now },
      setWhere: sql`(${instanceSettings.ciphertext}::jsonb ->> 'code') <> ${code}`,
    })
}

export async function forgetTrouble(db: Database): Promise<void> {
  await db.delete(instanceSettings).where(eq(instanceSettings.key, KEY))
}

export async function readTrouble(db: Database): Promise<BotTrouble | null> {
  const [row] = await db.select().from(instanceSettings).where(eq(instanceSettings.key, KEY))
  if (!row) return null
  const { code, since } = stored.parse(JSON.parse(row.ciphertext))
  return { code, since: new Date(since) }
}
