import { withSystem } from '@/db/scope'
import { isUuid, mintWorkspaceId, type WorkspaceId } from '@/kernel/ids'
import type { Actor, Deps } from './context'
import { findLiveSession, findLiveToken, type MembershipRow, type SessionRow, type UserRow } from './queries'
import type { Permission } from './rules-permissions'
import { sha256 } from './secret-hash'
import { touchSession, touchToken } from './touch-caller'

export type CallerUser = UserRow

/** Where the caller works: what the shell shows and every page needs. */
export type CallerWorkspace = Omit<MembershipRow, 'workspaceId'> & { readonly workspaceId: WorkspaceId }

/** Who asks, as the session gate or the token gate found out. `workspace` is null for a user without any. */
export type Caller =
  | {
      readonly kind: 'session'
      readonly sessionId: string
      readonly user: CallerUser
      readonly workspace: CallerWorkspace | null
    }
  | {
      readonly kind: 'token'
      readonly tokenId: string
      /** All that the key may do of what its role may; null: all of it. */
      readonly only: readonly Permission[] | null
      readonly user: CallerUser
      readonly workspace: CallerWorkspace
    }

/** The session gate: the session's row, its user, the member and the workspace, in one read. Null: signed out. */
export async function callerOfSession(deps: Deps, sessionId: string): Promise<Caller | null> {
  if (!isUuid(sessionId)) return null
  return withSystem(deps.db, 'session gate', async (tx) => {
    const found = await findLiveSession(tx, sessionId, deps.clock())
    if (!found) return null
    await touchSession(tx, found.session, deps.clock())
    return toSessionCaller(found.session, found.user, found.membership)
  })
}

function toSessionCaller(session: SessionRow, user: UserRow, membership: MembershipRow | null): Caller {
  return { kind: 'session', sessionId: session.id, user, workspace: membership && toWorkspace(membership) }
}

/** The token gate: an API key as it was shown once. Null for one that is unknown, revoked, or of a disabled user. */
export async function callerOfToken(deps: Deps, token: string): Promise<Caller | null> {
  return withSystem(deps.db, 'token gate', async (tx) => {
    const found = await findLiveToken(tx, sha256(token))
    if (!found) return null
    await touchToken(tx, found.token, deps.clock())
    return {
      kind: 'token',
      tokenId: found.token.id,
      only: found.token.only,
      user: found.user,
      workspace: toWorkspace(found.membership),
    }
  })
}

function toWorkspace(membership: MembershipRow): CallerWorkspace {
  return { ...membership, workspaceId: mintWorkspaceId(membership.workspaceId) }
}

/** The actor that verbs and the audit log see. */
export function actorOf(caller: Caller, { memberId, role }: CallerWorkspace): Actor {
  if (caller.kind === 'token') return { kind: 'token', tokenId: caller.tokenId, memberId, role, only: caller.only }
  return { kind: 'member', memberId, userId: caller.user.id, role }
}
