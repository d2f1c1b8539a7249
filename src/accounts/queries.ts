import { and, desc, eq, gt, isNull, type SQL, sql } from 'drizzle-orm'
import type { Database, Transaction } from '@/db/client'
import { telegramAccounts } from '@/notifications/channels/table'
import type { Ctx } from './context'
import { requirePermission } from './context'
import { apiTokens, members, sessions, users, workspaces } from './table'

const user = {
  id: users.id,
  email: users.email,
  name: users.name,
  locale: users.locale,
  administrator: users.administrator,
}

const membership = {
  workspaceId: workspaces.id,
  memberId: members.id,
  role: members.role,
  name: workspaces.name,
  currency: workspaces.currency,
  timeZone: workspaces.timeZone,
  locale: workspaces.locale,
  fiscalYearStart: workspaces.fiscalYearStart,
  bargains: workspaces.bargains,
  giving: workspaces.giving,
}

const session = {
  id: sessions.id,
  lastSeenAt: sessions.lastSeenAt,
  workspaceId: sessions.workspaceId,
}

/** Of all workspaces: for the gates, which run as the system. */
export async function findLiveSession(tx: Transaction, sessionId: string, now: Date) {
  const [row] = await tx
    .select({ session, user, membership })
    .from(sessions)
    .innerJoin(users, and(eq(users.id, sessions.userId), isNull(users.disabledAt)))
    .leftJoin(members, eq(members.userId, users.id))
    .leftJoin(workspaces, eq(workspaces.id, members.workspaceId))
    .where(and(eq(sessions.id, sessionId), isNull(sessions.revokedAt), gt(sessions.expiresAt, now)))
    // The workspace that the session was last turned to, else the one that was joined first.
    .orderBy(
      desc(sql`coalesce(${members.workspaceId} = ${sessions.workspaceId}, false)`),
      members.createdAt,
      members.id,
    )
    .limit(1)
  return row && { ...row, membership: asMembership(row.membership) }
}

/** A left join gives an object of nulls where there is no member. */
function asMembership(row: { [K in keyof MembershipRow]: MembershipRow[K] | null }): MembershipRow | null {
  // All or none: they come from one inner pair of rows.
  return row.memberId === null ? null : (row as MembershipRow)
}

/** Of all workspaces: for the token gate. */
export async function findLiveToken(tx: Transaction, hash: string) {
  const [row] = await tx
    .select({ token: { id: apiTokens.id, lastUsedAt: apiTokens.lastUsedAt, only: apiTokens.only }, user, membership })
    .from(apiTokens)
    .innerJoin(members, eq(members.id, apiTokens.memberId))
    .innerJoin(workspaces, eq(workspaces.id, apiTokens.workspaceId))
    .innerJoin(users, and(eq(users.id, members.userId), isNull(users.disabledAt)))
    .where(and(eq(apiTokens.hash, hash), isNull(apiTokens.revokedAt)))
  return row
}

/** Of all workspaces: for the bot gate. */
export async function findBotMember(tx: Transaction, who: { telegramUserId: bigint; workspaceId: string }) {
  const [row] = await tx
    .select({ memberId: members.id, userId: members.userId, role: members.role })
    .from(telegramAccounts)
    .innerJoin(members, eq(members.id, telegramAccounts.memberId))
    .innerJoin(users, and(eq(users.id, members.userId), isNull(users.disabledAt)))
    .where(
      and(eq(telegramAccounts.telegramUserId, who.telegramUserId), eq(telegramAccounts.workspaceId, who.workspaceId)),
    )
  return row
}

/** Of all workspaces: for the gate of signed links. */
export async function findReader(tx: Transaction, who: { workspaceId: string; memberId: string }) {
  const [row] = await tx
    .select({ memberId: members.id, userId: members.userId, role: members.role, name: users.name })
    .from(members)
    .innerJoin(users, and(eq(users.id, members.userId), isNull(users.disabledAt)))
    .where(and(eq(members.id, who.memberId), eq(members.workspaceId, who.workspaceId)))
  return row
}

/** What the shell may know of a user; never the hash. */
export type UserRow = { id: string; email: string; name: string; locale: string; administrator: boolean }
type Row<T> = T extends Promise<infer R | undefined> ? NonNullable<R> : never
export type SessionRow = Row<ReturnType<typeof findLiveSession>>['session']
export type MembershipRow = Row<ReturnType<typeof findLiveToken>>['membership']
export type TokenRow = Row<ReturnType<typeof findLiveToken>>['token']

/** With the password's hash: for sign-in and change of password alone. */
export async function findUserBy(db: Database | Transaction, condition: SQL) {
  const [row] = await db
    .select({ ...user, passwordHash: users.passwordHash, disabledAt: users.disabledAt })
    .from(users)
    .where(condition)
  return row
}

/** Whether the installation has been set up. */
export async function hasUsers(db: Database | Transaction): Promise<boolean> {
  const rows = await db.select({ id: users.id }).from(users).limit(1)
  return rows.length > 0
}

/** The live sessions of a user, the most recently seen first; `own` marks the one that asks. */
export function listSessions(db: Database, userId: string, ownId: string, now: Date) {
  return db
    .select({
      id: sessions.id,
      createdAt: sessions.createdAt,
      lastSeenAt: sessions.lastSeenAt,
      userAgent: sessions.userAgent,
      address: sessions.address,
      own: sql<boolean>`${sessions.id} = ${ownId}`,
    })
    .from(sessions)
    .where(and(eq(sessions.userId, userId), isNull(sessions.revokedAt), gt(sessions.expiresAt, now)))
    .orderBy(desc(sessions.lastSeenAt))
}

/** The API keys of the workspace that still work, without their hashes. */
export function listApiTokens(ctx: Ctx) {
  requirePermission(ctx, 'tokens.manage')
  return ctx.db
    .select({
      id: apiTokens.id,
      name: apiTokens.name,
      prefix: apiTokens.prefix,
      owner: users.name,
      only: apiTokens.only,
      createdAt: apiTokens.createdAt,
      lastUsedAt: apiTokens.lastUsedAt,
    })
    .from(apiTokens)
    .innerJoin(members, eq(members.id, apiTokens.memberId))
    .innerJoin(users, eq(users.id, members.userId))
    .where(isNull(apiTokens.revokedAt))
    .orderBy(desc(apiTokens.createdAt))
}
