import { eq } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { newId } from '@/kernel/ids'
import type { Actor, Ctx } from './context'
import { auditEntries, members } from './table'

type Facts = Readonly<Record<string, unknown>>

/** One line of the audit log, in the transaction of what it tells: both happen or neither. Never put a secret into `facts`. */
export async function writeAudit(ctx: Ctx, action: string, subjectId: string | null, facts: Facts = {}): Promise<void> {
  const { workspaceId, actor, now } = ctx
  await ctx.db
    .insert(auditEntries)
    .values({ workspaceId, actor: nameOf(actor), action, subjectId, facts: { ...facts }, createdAt: now })
}

type Line = { readonly subjectId: string; readonly facts: Facts }

/** The same of many subjects at once, in one statement. */
export async function writeAuditOfMany(ctx: Ctx, action: string, lines: readonly Line[]): Promise<void> {
  if (lines.length === 0) return
  const { workspaceId, now: createdAt } = ctx
  const common = { workspaceId, actor: nameOf(ctx.actor), action, createdAt }
  await ctx.db
    .insert(auditEntries)
    .values(lines.map(({ subjectId, facts }) => ({ ...common, subjectId, facts: { ...facts } })))
}

/** `member:<id>`, `token:<id>`, `bot:<member id>` or `job:<name>`. */
export function nameOf(actor: Actor): string {
  switch (actor.kind) {
    case 'member':
    case 'bot':
      return `${actor.kind}:${actor.memberId}`
    case 'token':
      return `token:${actor.tokenId}`
    case 'job':
      return `job:${actor.name}`
  }
}

/** A user's account is global: what happens to it is told in each workspace that they belong to. Runs as the system. */
export async function writeUserAudit(tx: Transaction, userId: string, action: string, now: Date): Promise<void> {
  const rows = await tx.select().from(members).where(eq(members.userId, userId))
  if (rows.length === 0) return
  await tx.insert(auditEntries).values(
    rows.map((row) => ({
      id: newId(),
      workspaceId: row.workspaceId,
      actor: `member:${row.id}`,
      action,
      subjectId: userId,
      createdAt: now,
    })),
  )
}
