import { eq } from 'drizzle-orm'
import type { Ctx, Deps } from '../context'
import { countAttempt, type Limit } from '../limit-attempts'
import { networkOf } from '../rules-networks'
import { invitations, users, workspaces } from '../table'
import { actingMemberId, findMember } from './find-member'
import { inviteMember } from './invite-member'
import type { InvitationMail, MemberSeams } from './member-seams'
import type { InviteInput } from './schema'

const PER_MEMBER: Limit = { name: 'invite member', points: 20, seconds: 3600 }
const PER_ADDRESS: Limit = { name: 'invite address', points: 60, seconds: 3600 }

type Open = <T>(work: (ctx: Ctx) => Promise<T>) => Promise<T>

/** Who invites and from where, for the count; `origin` is Gleaner's own address. */
export type Inviter = { readonly memberId: string; readonly address: string; readonly origin: string }

/** `mailed`: whether a mail server took the letter; null where there was none to send. */
export type SentInvitation = { readonly id: string; readonly url: string; readonly mailed: boolean | null }

/** Invites, and mails the link where an address is given. Throws `too_many` at the 21st of a member within an hour. */
export async function sendInvitation(
  deps: Deps & { readonly members: MemberSeams },
  open: Open,
  { memberId, address, origin }: Inviter,
  input: InviteInput,
): Promise<SentInvitation> {
  await countAttempt(deps.db, PER_ADDRESS, networkOf(address), deps.clock())
  await countAttempt(deps.db, PER_MEMBER, memberId, deps.clock())
  const { id, url, mail } = await open((ctx) => write(ctx, input, origin))
  if (!mail) return { id, url, mailed: null }
  const mailed = await deps.members.mailInvitation(mail)
  if (mailed) await open((ctx) => markMailed(ctx, id))
  return { id, url, mailed }
}

async function write(ctx: Ctx, input: InviteInput, origin: string) {
  const { id, token, expiresAt } = await inviteMember(ctx, input)
  const url = `${origin}/invite/${token}`
  if (input.email === null) return { id, url, mail: null }
  const { name: inviterName } = await findMember(ctx, actingMemberId(ctx))
  return {
    id,
    url,
    mail: { ...(await readers(ctx, input.email)), id, url, to: input.email, role: input.role, inviterName, expiresAt },
  }
}

/** In the language of whoever has an account here already, else in the workspace's. */
async function readers(
  ctx: Ctx,
  email: string,
): Promise<Pick<InvitationMail, 'workspaceName' | 'locale' | 'timeZone'>> {
  const [row] = await ctx.db
    .select({ workspaceName: workspaces.name, locale: workspaces.locale, timeZone: workspaces.timeZone })
    .from(workspaces)
    .where(eq(workspaces.id, ctx.workspaceId))
  const [user] = await ctx.db.select({ locale: users.locale }).from(users).where(eq(users.email, email))
  const { workspaceName = '', locale = 'en', timeZone = 'UTC' } = row ?? {}
  return { workspaceName, locale: user?.locale ?? locale, timeZone }
}

async function markMailed(ctx: Ctx, id: string): Promise<void> {
  await ctx.db.update(invitations).set({ mailedAt: ctx.now }).where(eq(invitations.id, id))
}
