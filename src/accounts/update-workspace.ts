import { eq } from 'drizzle-orm'
import { writeAudit } from './audit'
import { type Ctx, requirePermission } from './context'
import type { WorkspaceInput } from './schema'
import { workspaces } from './table'

export async function updateWorkspace(ctx: Ctx, input: WorkspaceInput): Promise<void> {
  requirePermission(ctx, 'workspace.manage')
  await ctx.db.update(workspaces).set(input).where(eq(workspaces.id, ctx.workspaceId))
  await writeAudit(ctx, 'workspace.update', ctx.workspaceId, input)
}
