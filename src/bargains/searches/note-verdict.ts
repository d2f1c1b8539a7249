import { lt, sql } from 'drizzle-orm'
import type { Database } from '@/db/client'
import { hostHours } from '@/http/table'
import type { ReadVerdict } from './rules'
import { HISTORY_DAYS, hourOf } from './rules-hours'

/** Counts one answer of a host in its hour. */
export async function noteVerdict(db: Database, host: string, verdict: ReadVerdict, at: Date): Promise<void> {
  await db
    .insert(hostHours)
    .values({ host, hour: hourOf(at), verdict, count: 1 })
    .onConflictDoUpdate({
      target: [hostHours.host, hostHours.hour, hostHours.verdict],
      set: { count: sql`${hostHours.count} + 1` },
    })
}

/** Hours that no page shows any more. */
export async function forgetHours(db: Database, now: Date): Promise<void> {
  await db.delete(hostHours).where(lt(hostHours.hour, new Date(now.getTime() - (HISTORY_DAYS + 1) * 86_400_000)))
}
