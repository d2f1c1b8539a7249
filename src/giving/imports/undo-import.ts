import { eq, sql } from 'drizzle-orm'
import { writeAudit } from '@/accounts/audit'
import type { Ctx } from '@/accounts/context'
import { notifyPages } from '@/db/notify-pages'
import type { ContactStatus } from '../contacts/rules'
import { writeStatus } from '../contacts/set-contact-status'
import { lockKept } from '../gifts/lock-contacts'
import { settleContacts } from '../gifts/settle-contacts'
import { allGiftsOf } from '../pledges/allocate-contacts'
import { freeGifts } from '../pledges/free-gift'
import { asSender, findImport, type ImportRecord, requireKind, requireState } from './find-import'
import { writeWordsOf } from './insert-contacts'
import { imports } from './table'
import { emitWork } from './upload-import'

const BATCH = 2000

/** Takes the import back by a job: what it made goes, what somebody has changed since stays and is listed. */
export async function beginUndo(ctx: Ctx, id: string): Promise<{ id: string }> {
  const row = await findImport(ctx, id, true)
  requireKind(ctx, row.kind)
  requireState(row, 'done', 'stopped', 'undoing')
  await ctx.db.update(imports).set({ state: 'undoing', problem: null, movedAt: ctx.now }).where(eq(imports.id, id))
  await writeAudit(ctx, 'import.undo', id)
  emitWork(ctx, id, 'undo')
  await notifyPages(ctx.db, ctx.workspaceId, 'imports', id)
  return { id }
}

/** A gift that nobody has touched since: not edited, voided, refunded, thanked or allocated by hand. */
export const UNTOUCHED = sql`g.version = 1 and g.voided_at is null and g.thanked_at is null and g.refunded = 0
  and not exists (select from allocations a where a.workspace_id = g.workspace_id and a.gift_id = g.id and a.made_by = 'hand')`

/** Takes back the gifts of some contacts, or at last the contacts. Answers whether there is more. */
export async function undoBatch(ctx: Ctx, id: string): Promise<{ more: boolean }> {
  await ctx.db.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`import ${ctx.workspaceId}`}, 0))`)
  const row = await findImport(ctx, id, true)
  if (row.state !== 'undoing') return { more: false }
  const sender = await asSender(ctx, row)
  if (await takeBackGifts(sender, id)) return { more: await moved(ctx, row) }
  await restoreContacts(ctx, id)
  await deleteMade(ctx, id)
  await ctx.db.update(imports).set({ state: 'undone', undoneAt: ctx.now, movedAt: ctx.now }).where(eq(imports.id, id))
  for (const topic of ['imports', 'contacts', 'gifts']) await notifyPages(ctx.db, ctx.workspaceId, topic)
  return { more: false }
}

async function moved(ctx: Ctx, { id }: ImportRecord): Promise<true> {
  await ctx.db.update(imports).set({ movedAt: ctx.now }).where(eq(imports.id, id))
  return true
}

async function takeBackGifts(ctx: Ctx, importId: string): Promise<boolean> {
  const whose = await ctx.db.execute<{ contact_id: string }>(sql`
    select distinct g.contact_id from gifts g where g.import_id = ${importId} and ${UNTOUCHED} limit ${BATCH}`)
  if (whose.length === 0) return false
  const contactIds = whose.map((one) => one.contact_id)
  await lockKept(ctx, contactIds)
  const found = await ctx.db.execute<{ id: string }>(sql`
    select g.id from gifts g
    where g.import_id = ${importId} and g.contact_id = any(${sql.param(contactIds)}::uuid[]) and ${UNTOUCHED}`)
  const ids = found.map((gift) => gift.id)
  await freeGifts(ctx, ids)
  const others = await creditedFor(ctx, ids)
  await ctx.db.execute(sql`delete from gifts where id = any(${sql.param(ids)}::uuid[])`)
  await settleContacts(ctx, { since: allGiftsOf(contactIds), others })
  return true
}

/** Who brought these gifts about: their rollups change with them. */
async function creditedFor(ctx: Ctx, giftIds: readonly string[]): Promise<string[]> {
  const rows = await ctx.db.execute<{ id: string }>(sql`
    select distinct contact_id as id from soft_credits where gift_id = any(${sql.param([...giftIds])}::uuid[])`)
  return rows.map(({ id }) => id)
}

/** Whom a gift had made a donor, and whom rows had added to, become what they were; unless somebody has changed them since. */
async function restoreContacts(ctx: Ctx, importId: string): Promise<void> {
  const rows = await ctx.db.execute<{ id: string; status: ContactStatus; current: string }>(sql`
    select c.id, i.before ->> 'status' as status, c.status as current
    from import_contacts i join contacts c on c.workspace_id = i.workspace_id and c.id = i.contact_id
    where i.import_id = ${importId} and i.before is not null and i.version = c.version`)
  for (const [status, group] of Map.groupBy(rows, (row) => row.status)) {
    const ids = group.filter(({ current }) => current === 'donor').map(({ id }) => id)
    for (let at = 0; at < ids.length; at += BATCH)
      await writeStatus(ctx, await giftless(ctx, ids.slice(at, at + BATCH)), status, 'import undone')
  }
  await ctx.db.execute(sql`
    delete from contact_points p using import_contacts i, contacts c
    where i.import_id = ${importId} and i.before is not null and c.workspace_id = i.workspace_id and c.id = i.contact_id
      and i.version = c.version and p.workspace_id = i.workspace_id and p.contact_id = i.contact_id
      and i.points ? p.id::text`)
  const changed = await ctx.db.execute<{ id: string }>(sql`
    update contacts c set notes = coalesce(i.before ->> 'notes', c.notes),
      version = c.version + case when i.before ? 'notes' then 1 else 0 end,
      updated_at = (i.before ->> 'updatedAt')::timestamptz
    from import_contacts i
    where i.import_id = ${importId} and i.before is not null and c.workspace_id = i.workspace_id and c.id = i.contact_id
      and i.version = c.version and c.status = i.before ->> 'status'
    returning c.id`)
  await writeWordsOf(
    ctx,
    changed.map(({ id }) => id),
  )
  await ctx.db.execute(sql`
    delete from import_contacts where import_id = ${importId} and contact_id = any(${sql.param(changed.map(({ id }) => id))}::uuid[])`)
}

async function giftless(ctx: Ctx, ids: readonly string[]): Promise<string[]> {
  const rows = await ctx.db.execute<{ id: string }>(sql`
    select id from unnest(${sql.param([...ids])}::uuid[]) u (id)
    where not exists (select from gifts g where g.workspace_id = ${ctx.workspaceId} and g.contact_id = u.id
      and g.reverses_id is null and g.voided_at is null and g.refunded < g.amount)`)
  return rows.map(({ id }) => id)
}

/** Whatever hangs on a contact that was made by hand keeps it. */
const HANGING = [
  'gifts',
  'soft_credits',
  'pledges',
  'tasks',
  'touches',
  'group_members',
  'household_members',
  'contact_consents',
]

async function deleteMade(ctx: Ctx, importId: string): Promise<void> {
  const free = HANGING.map(
    (table) =>
      sql`and not exists (select from ${sql.raw(table)} h where h.workspace_id = c.workspace_id and h.contact_id = c.id)`,
  )
  const gone = await ctx.db.execute<{ id: string }>(sql`
    delete from contacts c using import_contacts i
    where i.import_id = ${importId} and i.before is null and c.workspace_id = i.workspace_id and c.id = i.contact_id
      and c.version = i.version ${sql.join(free, sql` `)}
    returning c.id`)
  await ctx.db.execute(sql`
    delete from import_contacts where import_id = ${importId} and contact_id = any(${sql.param(gone.map(({ id }) => id))}::uuid[])`)
}
