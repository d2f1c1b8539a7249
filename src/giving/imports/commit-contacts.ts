import { and, asc, eq, gt, inArray, lte, sql } from 'drizzle-orm'
import type { Ctx } from '@/accounts/context'
import { newId } from '@/kernel/ids'
import { countryOf } from '../contacts/write-points'
import type { Batch } from './commit-import'
import { insertContacts, insertPoints, writeWordsOf } from './insert-contacts'
import { findPeople, readRows } from './judge-contacts'
import { rememberContacts } from './remember-contacts'
import { judgeContact, type Person } from './rules-match'
import { importRows } from './table'
import { type ChangedVerdict, changeVerdicts } from './write-rows'

/** Writes a batch of contacts. Each row is judged anew, for what has come since its verdict. */
export async function commitContacts(ctx: Ctx, batch: Batch): Promise<void> {
  const { importId } = batch
  const rows = await readBatch(ctx, batch)
  const { read } = readRows(rows, await countryOf(ctx))
  const people = await findPeople(ctx, read)
  const [touched, changed]: [Set<Person>, ChangedVerdict[]] = [new Set(), []]
  const places = new Map(rows.map((row) => [row.line, row]))
  for (const row of read) {
    const { verdict, person } = judgeContact(people, row, newId, batch.verdicts.includes('possible'))
    if (verdict === 'new' || verdict === 'update') touched.add(person)
    const kept = places.get(row.line)
    if (kept && kept.verdict !== verdict) {
      const twinId = verdict === 'new' ? null : person.id
      changed.push({ place: kept.place, verdict, reason: null, field: null, twinId })
    }
  }
  await insertContacts(ctx, [...touched].filter(isNew))
  await updatePeople(
    ctx,
    importId,
    [...touched].filter((person) => !isNew(person)),
  )
  await rememberContacts(
    ctx,
    importId,
    [...touched].filter(isNew).map(({ id }) => ({ id, before: null })),
  )
  await changeVerdicts(ctx, importId, changed)
}

/** As the preview read them. */
async function readBatch(ctx: Ctx, { importId, after, upTo, verdicts }: Batch) {
  const { place, line, cells, verdict } = importRows
  const rows = await ctx.db
    .select({ place, line, cells, verdict })
    .from(importRows)
    .where(and(eq(importRows.importId, importId), gt(place, after), lte(place, upTo), inArray(verdict, [...verdicts])))
    .orderBy(asc(place))
  return rows.map((row) => ({ ...row, crooked: false }))
}

function isNew({ line }: Person): boolean {
  return line !== null
}

/** Adds what the rows know more; what is there is not replaced. */
async function updatePeople(ctx: Ctx, importId: string, persons: readonly Person[]): Promise<void> {
  if (persons.length === 0) return
  const ids = persons.map(({ id }) => id)
  const notes = JSON.stringify(persons.map(({ id, notes }) => ({ id, notes })))
  const before = await ctx.db.execute<{ id: string; before: object }>(sql`
    select id, json_build_object('firstName', first_name, 'lastName', last_name, 'name', name, 'notes', notes,
      'status', status, 'updatedAt', updated_at) as before
    from contacts where id = any(${sql.param(ids)}::uuid[]) order by id for no key update`)
  await ctx.db.execute(sql`
    update contacts c set notes = r.notes, version = c.version + 1, updated_at = ${ctx.now.toISOString()}::timestamptz
    from json_to_recordset(${notes}::json) r (id uuid, notes text) where c.id = r.id`)
  const points = await insertPoints(ctx, persons)
  await writeWordsOf(ctx, ids)
  await rememberContacts(
    ctx,
    importId,
    before.map((one) => ({ ...one, points: points.get(one.id) ?? [] })),
  )
}
