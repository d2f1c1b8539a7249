import { router } from '@/trpc/init'
import { publicProcedure, signedInProcedure, workspaceProcedure } from '@/trpc/procedures'
import { changePassword } from './change-password'
import { createApiToken, KEY_SCOPES } from './create-api-token'
import { createOwner } from './create-owner'
import { listApiTokens, listSessions } from './queries'
import { revokeApiToken } from './revoke-api-token'
import { revokeOtherSessions, revokeSession } from './revoke-sessions'
import {
  idSchema,
  newTokenSchema,
  passwordSchema,
  profileSchema,
  setUpSchema,
  signInSchema,
  workspaceSchema,
} from './schema'
import { updateProfile } from './update-profile'
import { updateWorkspace } from './update-workspace'

export const accountsRouter = router({
  setUp: publicProcedure.input(setUpSchema).mutation(async ({ ctx, input }) => {
    await createOwner(ctx.deps, input)
    await ctx.door.signIn(input)
  }),
  signIn: publicProcedure.input(signInSchema).mutation(({ ctx, input }) => ctx.door.signIn(input)),
  signOut: publicProcedure.mutation(({ ctx }) => ctx.door.signOut()),
  me: signedInProcedure.query(({ ctx: { session } }) => ({ user: session.user, workspace: session.workspace })),
  updateProfile: signedInProcedure
    .input(profileSchema)
    .mutation(({ ctx, input }) => updateProfile(ctx.deps, ctx.session.user.id, input)),
  changePassword: signedInProcedure
    .input(passwordSchema)
    .mutation(({ ctx: { deps, session }, input }) =>
      changePassword(deps, { userId: session.user.id, sessionId: session.sessionId }, input),
    ),
  sessions: signedInProcedure.query(({ ctx: { deps, session } }) =>
    listSessions(deps.db, session.user.id, session.sessionId, deps.clock()),
  ),
  revokeSession: signedInProcedure
    .input(idSchema)
    .mutation(({ ctx, input }) => revokeSession(ctx.deps, ctx.session.user.id, input.id)),
  revokeOtherSessions: signedInProcedure.mutation(({ ctx: { deps, session } }) =>
    revokeOtherSessions(deps.db, session.user.id, session.sessionId, deps.clock()),
  ),
  updateWorkspace: workspaceProcedure('workspace.manage')
    .input(workspaceSchema)
    .mutation(({ ctx, input }) => updateWorkspace(ctx.scope, input)),
  tokens: workspaceProcedure('tokens.manage').query(({ ctx }) => listApiTokens(ctx.scope)),
  createToken: workspaceProcedure('tokens.manage')
    .input(newTokenSchema)
    .mutation(({ ctx, input }) => createApiToken(ctx.scope, { name: input.name, only: KEY_SCOPES[input.scope] })),
  revokeToken: workspaceProcedure('tokens.manage')
    .input(idSchema)
    .mutation(({ ctx, input }) => revokeApiToken(ctx.scope, input)),
})
