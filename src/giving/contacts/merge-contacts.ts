import { eq, sql } from 'drizzle-orm'
import { writeAudit } from '@/accounts/audit'
import { type Ctx, requirePermission } from '@/accounts/context'
import { notifyPages } from '@/db/notify-pages'
import { AppError } from '@/kernel/app-error'
import { endEpisodes } from '../care/end-episodes'
import { lockContacts } from '../gifts/lock-contacts'
import { settleContacts } from '../gifts/settle-contacts'
import { reprintGifts } from '../imports/reprint-gifts'
import { allGiftsOf } from '../pledges/allocate-contacts'
import { movePeople } from './move-people'
import { mergeParts } from './rules-merge'
import { LIMITS, type MergeContacts } from './schema'
import { contacts } from './table'
import { changedMeanwhile } from './update-contact'
import { type ContactRow, findContact } from './visible-contacts'
import { writeWords } from './write-words'

/**
 * Two records of one person, household or organisation become one: all that hangs on the other moves to the one that
 * stays, its gifts and pledges too, which are allocated anew together; then the other goes. Throws `conflict` where
 * somebody changed the one that stays since `version`.
 */
export async function mergeContacts(ctx: Ctx, { id, otherId, version }: MergeContacts) {
  for (const permission of ['contacts.write', 'gifts.write', 'pledges.write'] as const)
    requirePermission(ctx, permission)
  if (id === otherId) throw unlike('contact.mergeSelf')
  await lockContacts(ctx, [id, otherId])
  const [kept, other] = [await findContact(ctx, id), await findContact(ctx, otherId)]
  if (version !== undefined && version !== kept.version) throw changedMeanwhile()
  if (kept.kind !== other.kind) throw unlike('contact.mergeKinds')
  await writeParts(ctx, kept, other)
  await endOwnEpisodes(ctx, otherId)
  await reprintGifts(ctx, otherId, id)
  await moveLedger(ctx, id, otherId)
  await movePeople(ctx, id, otherId)
  await settleContacts(ctx, { since: allGiftsOf([id, otherId]) })
  for (const one of [id, otherId]) await writeWords(ctx, one)
  await writeAudit(ctx, 'contact.merge', id, { otherId, name: other.displayName })
  await writeAudit(ctx, 'contact.merged', otherId, { into: id })
  await notifyPages(ctx.db, ctx.workspaceId, 'contacts')
  return { id, version: kept.version + 1 }
}

async function writeParts(ctx: Ctx, kept: ContactRow, other: ContactRow): Promise<void> {
  const parts = mergeParts(kept, other)
  if (parts.notes.length > LIMITS.notes) throw unlike('contact.mergeNotes')
  const touched = { version: sql`${contacts.version} + 1`, updatedAt: ctx.now }
  await ctx.db
    .update(contacts)
    .set({ ...parts, ...touched })
    .where(eq(contacts.id, kept.id))
  await ctx.db
    .update(contacts)
    .set({ deletedAt: ctx.now, ...touched })
    .where(eq(contacts.id, other.id))
}

/** What was wrong with the other as a contact is looked at anew of the one that stays; a late pledge stays late. */
async function endOwnEpisodes(ctx: Ctx, otherId: string): Promise<void> {
  for (const kind of ['donor.at_risk', 'contact.silent'] as const) await endEpisodes(ctx, kind, [otherId], 'ended')
}

const LEDGER = ['gifts', 'pledges', 'instalments', 'care_episodes'] as const

/** No gift is changed by it: an undo of the import that brought one still takes it back. */
async function moveLedger(ctx: Ctx, id: string, otherId: string): Promise<void> {
  for (const table of LEDGER)
    await ctx.db.execute(sql`update ${sql.raw(table)} set contact_id = ${id} where contact_id = ${otherId}`)
  await ctx.db.execute(sql`
    insert into soft_credits as k (workspace_id, gift_id, contact_id, amount)
    select workspace_id, gift_id, ${id}, amount from soft_credits where contact_id = ${otherId}
    on conflict (workspace_id, gift_id, contact_id) do update set amount = k.amount + excluded.amount`)
  // Nobody brings about what they give themselves.
  await ctx.db.execute(sql`
    delete from soft_credits s using gifts g where s.workspace_id = g.workspace_id and s.gift_id = g.id
      and (s.contact_id = ${otherId} or (s.contact_id = ${id} and g.contact_id = ${id}))`)
}

function unlike(reason: string): AppError {
  return new AppError('bad_input', reason, { reason, values: { field: 'otherId', most: LIMITS.notes } })
}
