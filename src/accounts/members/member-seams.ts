import type { Ctx } from '../context'
import type { Role } from '../rules-permissions'

/** How many rows of each kind went to the heir: `{ contacts: 12 }`. */
export type HandedOver = Readonly<Record<string, number>>

/** Gives what one member looks after to another, in `ctx`'s transaction. Whoever calls it has asked for permission. */
export type HandOver = (ctx: Ctx, fromId: string, toId: string) => Promise<HandedOver>

export type InvitationMail = {
  readonly id: string
  readonly to: string
  readonly url: string
  readonly workspaceName: string
  readonly inviterName: string
  readonly role: Role
  readonly locale: string
  readonly timeZone: string
  readonly expiresAt: Date
}

/** What the members' verbs need of rooms that they do not know: put together in `wiring`. */
export type MemberSeams = {
  readonly handOver: HandOver
  /** Whether a mail server took it. */
  readonly mailInvitation: (mail: InvitationMail) => Promise<boolean>
}
