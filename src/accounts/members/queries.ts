import { and, asc, desc, eq, isNull, sql } from 'drizzle-orm'
import { withSystem } from '@/db/scope'
import { type Ctx, type Deps, requirePermission } from '../context'
import { invitations, members, users, workspaces } from '../table'
import { invitationGone, liveInvitation } from './accept-invitation'

/** Everybody in the workspace, in the order in which they came; `own` marks whoever asks. */
export function listMembers(ctx: Ctx) {
  requirePermission(ctx, 'workspace.read')
  const ownId = ctx.actor.kind === 'job' ? null : ctx.actor.memberId
  return ctx.db
    .select({
      id: members.id,
      name: users.name,
      email: users.email,
      role: members.role,
      joinedAt: members.createdAt,
      own: sql<boolean>`coalesce(${members.id} = ${ownId}::uuid, false)`,
    })
    .from(members)
    .innerJoin(users, eq(users.id, members.userId))
    .orderBy(asc(members.createdAt), asc(members.id))
}

/** Those that nobody has used or revoked, the newest first; what is over is marked. */
export function listInvitations(ctx: Ctx) {
  requirePermission(ctx, 'members.manage')
  const { id, email, role, createdAt, expiresAt, mailedAt } = invitations
  const over = sql<boolean>`${expiresAt} <= ${ctx.now.toISOString()}::timestamptz`
  return ctx.db
    .select({ id, email, role, createdAt, expiresAt, mailedAt, over, invitedBy: users.name })
    .from(invitations)
    .innerJoin(members, eq(members.id, invitations.invitedBy))
    .innerJoin(users, eq(users.id, members.userId))
    .where(and(isNull(invitations.usedAt), isNull(invitations.revokedAt)))
    .orderBy(desc(createdAt))
    .limit(100)
}

/** What the page of a link says before anybody has accepted. Throws `not_found` for one that does not work (any more). */
export async function readInvitation({ db, clock }: Deps, token: string) {
  return withSystem(db, 'read invitation', async (tx) => {
    const { email, role, expiresAt } = invitations
    const [row] = await tx
      .select({ email, role, expiresAt, workspace: workspaces.name, locale: workspaces.locale, invitedBy: users.name })
      .from(invitations)
      .innerJoin(workspaces, eq(workspaces.id, invitations.workspaceId))
      .innerJoin(members, eq(members.id, invitations.invitedBy))
      .innerJoin(users, eq(users.id, members.userId))
      .where(liveInvitation(token, clock()))
    if (!row) throw invitationGone()
    const known = row.email === null ? [] : await tx.select().from(users).where(eq(users.email, row.email))
    return { ...row, hasAccount: known.length > 0 }
  })
}

/** The user's workspaces but this one, for the menu. */
export function listOtherWorkspaces({ db }: Pick<Deps, 'db'>, userId: string, workspaceId: string) {
  return withSystem(db, 'workspaces of a user', (tx) =>
    tx
      .select({ id: workspaces.id, name: workspaces.name })
      .from(members)
      .innerJoin(workspaces, eq(workspaces.id, members.workspaceId))
      .where(and(eq(members.userId, userId), sql`${workspaces.id} <> ${workspaceId}`))
      .orderBy(asc(members.createdAt)),
  )
}
