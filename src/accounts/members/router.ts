import { router } from '@/trpc/init'
import { gateProcedure, publicProcedure, signedInProcedure, workspaceProcedure } from '@/trpc/procedures'
import { originOf } from '../sessions/cookie'
import { acceptInvitation, joinWorkspace } from './accept-invitation'
import { changeRole } from './change-role'
import { listInvitations, listMembers, readInvitation } from './queries'
import { leaveWorkspace, removeMember } from './release-member'
import { revokeInvitation } from './revoke-invitation'
import {
  acceptSchema,
  changeRoleSchema,
  invitationTokenSchema,
  inviteSchema,
  leaveSchema,
  memberIdSchema,
  removeMemberSchema,
} from './schema'
import { sendInvitation } from './send-invitation'
import { switchWorkspace } from './switch-workspace'
import { transferOwnership } from './transfer-ownership'

export const membersRouter = router({
  list: workspaceProcedure('workspace.read').query(({ ctx }) => listMembers(ctx.scope)),
  changeRole: workspaceProcedure('members.manage')
    .input(changeRoleSchema)
    .mutation(({ ctx, input }) => changeRole(ctx.scope, input)),
  remove: workspaceProcedure('members.manage')
    .input(removeMemberSchema)
    .mutation(({ ctx, input }) => removeMember(ctx.scope, ctx.deps.members.handOver, input)),
  leave: workspaceProcedure('workspace.read')
    .input(leaveSchema)
    .mutation(({ ctx, input }) => leaveWorkspace(ctx.scope, ctx.deps.members.handOver, input.heirId)),
  transfer: workspaceProcedure('members.transfer')
    .input(memberIdSchema)
    .mutation(({ ctx, input }) => transferOwnership(ctx.scope, input.id)),
  invitations: workspaceProcedure('members.manage').query(({ ctx }) => listInvitations(ctx.scope)),
  invite: gateProcedure('members.manage')
    .input(inviteSchema)
    .mutation(({ ctx: { deps, open, workspace, address, headers }, input }) => {
      const origin = originOf(headers, deps.env.APP_URL)
      return sendInvitation(deps, open, { memberId: workspace.memberId, address, origin }, input)
    }),
  revokeInvitation: workspaceProcedure('members.manage')
    .input(memberIdSchema)
    .mutation(({ ctx, input }) => revokeInvitation(ctx.scope, input.id)),
  invitation: publicProcedure
    .input(invitationTokenSchema)
    .query(({ ctx, input }) => readInvitation(ctx.deps, input.token)),
  accept: publicProcedure.input(acceptSchema).mutation(async ({ ctx, input }) => {
    const { email } = await acceptInvitation(ctx.deps, input, ctx.address)
    await ctx.door.signIn({ email, password: input.password })
  }),
  join: signedInProcedure.input(invitationTokenSchema).mutation(({ ctx: { deps, session }, input }) => {
    const { user, sessionId } = session
    return joinWorkspace(deps, { userId: user.id, email: user.email, sessionId }, input.token)
  }),
  switch: signedInProcedure.input(memberIdSchema).mutation(({ ctx: { deps, session }, input }) => {
    return switchWorkspace(deps, { userId: session.user.id, sessionId: session.sessionId }, input.id)
  }),
})
