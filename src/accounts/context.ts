import type { Database, Transaction } from '@/db/client'
import { AppError } from '@/kernel/app-error'
import type { WorkspaceId } from '@/kernel/ids'
import type { Logger } from '@/observability/log'
import { may, type Permission, type Role } from './rules-permissions'

/** Who acts. Every door is an actor; the audit log and the permission table read it. */
export type Actor =
  | { readonly kind: 'member'; readonly memberId: string; readonly userId: string; readonly role: Role }
  | {
      readonly kind: 'token'
      readonly tokenId: string
      readonly memberId: string
      readonly role: Role
      /** All that the key may do of what its role may; null: all of it. */
      readonly only: readonly Permission[] | null
    }
  | { readonly kind: 'bot'; readonly memberId: string; readonly userId: string; readonly role: Role }
  | { readonly kind: 'job'; readonly name: string }

/** An event for the job engine. `id` makes it idempotent within the engine's window. */
export type JobEvent = { readonly name: string; readonly data: Record<string, unknown>; readonly id?: string }

/** What every verb and query takes first: one workspace, one transaction, one moment. */
export type Ctx = {
  readonly workspaceId: WorkspaceId
  readonly actor: Actor
  /** A transaction of role `gleaner_app`, bound to `workspaceId` by row-level security. */
  readonly db: Transaction
  /** The moment of the request; rules get it as an argument. */
  readonly now: Date
  readonly log: Logger
  /** Sent to the job engine after the transaction has committed. A nudge: it may be lost, a sweep makes good. */
  readonly emit: (event: JobEvent) => void
}

/** What a process has once and every gate needs. */
export type Deps = {
  readonly db: Database
  readonly log: Logger
  readonly clock: () => Date
  readonly send: (events: readonly JobEvent[]) => Promise<void>
}

/** Throws `forbidden` unless the actor may; jobs may do everything, an API key what it was made for. */
export function requirePermission(ctx: Pick<Ctx, 'actor'>, permission: Permission): void {
  if (ctx.actor.kind === 'job') return
  if (ctx.actor.kind === 'token' && ctx.actor.only?.includes(permission) === false) {
    throw new AppError('forbidden', `this API key lacks ${permission}`, { reason: 'keyScope' })
  }
  if (may(ctx.actor.role, permission)) return
  throw new AppError('forbidden', `role ${ctx.actor.role} lacks ${permission}`, { reason: 'forbidden' })
}
