import { sql } from 'drizzle-orm'
import type { Ctx } from '@/accounts/context'

type Remembered = { readonly id: string; readonly before: object | null; readonly points?: readonly string[] }

/** How contacts were before this import touched them, with their version now. The first memory of one stays. */
export async function rememberContacts(ctx: Ctx, importId: string, contacts: readonly Remembered[]): Promise<void> {
  if (contacts.length === 0) return
  await ctx.db.execute(sql`
    insert into import_contacts as i (workspace_id, import_id, contact_id, before, version, points)
    select ${ctx.workspaceId}, ${importId}, r.id, r.before, c.version, coalesce(r.points, '[]'::jsonb)
    from json_to_recordset(${JSON.stringify(contacts)}::json) r (id uuid, before jsonb, points jsonb)
    join contacts c on c.workspace_id = ${ctx.workspaceId} and c.id = r.id
    on conflict (workspace_id, import_id, contact_id) do update
    set version = excluded.version, points = i.points || excluded.points`)
}
