import { eq } from 'drizzle-orm'
import type { Ctx } from '@/accounts/context'
import { workspaces } from '@/accounts/table'
import { AppError } from '@/kernel/app-error'
import { newId } from '@/kernel/ids'
import { fold } from '@/kernel/text'
import { type Address, POINT_KINDS } from './rules'
import { cut } from './rules-names'
import { countryOfZone, digitsOf, toE164 } from './rules-phones'
import { pointProblem } from './rules-points'
import type { PointInput } from './schema'
import { contactPoints } from './table'

type PointRow = typeof contactPoints.$inferSelect
/** What is kept of a point, beside whose it is. */
type Reading = Pick<PointRow, 'value' | 'folded' | 'address'>

/**
 * Makes a contact's points those of the list: what is not in it goes, what names a row changes it. One of each kind that
 * still holds is primary. Throws `bad_input` at the field for what is no e-mail address and no phone.
 */
export async function writePoints(ctx: Ctx, contactId: string, input: readonly PointInput[]): Promise<void> {
  refuseTwice(input)
  const country = input.some(({ kind }) => kind === 'phone') ? await countryOf(ctx) : null
  const read = input.map((point, at) => ({ ...point, ...readPoint(point, at, country) }))
  const old = await ctx.db
    .select()
    .from(contactPoints)
    .where(eq(contactPoints.contactId, contactId))
    .orderBy(contactPoints.id)
  const rows = choosePrimaries(read).map((point) =>
    toRow(
      ctx,
      contactId,
      point,
      old.find(({ id }) => id === point.id),
    ),
  )
  // Written anew rather than changed: one primary a kind holds row by row, also where two change places.
  await ctx.db.delete(contactPoints).where(eq(contactPoints.contactId, contactId))
  if (rows.length > 0) await ctx.db.insert(contactPoints).values(rows)
}

function refuseTwice(input: readonly PointInput[]): void {
  const ids = input.map(({ id }) => id)
  const at = ids.findIndex((id, place) => id !== undefined && ids.indexOf(id) < place)
  if (at >= 0) throw wrong('contact.pointTwice', at)
}

function toRow(ctx: Ctx, contactId: string, point: PointInput & Reading, old: PointRow | undefined): PointRow {
  const { kind, value, folded, address, primary, historic, bounced } = point
  return {
    ...{ workspaceId: ctx.workspaceId, contactId, kind, value, folded, address, primary, historic },
    id: old?.id ?? newId(),
    bouncedAt: bounced ? (old?.bouncedAt ?? ctx.now) : null,
    createdAt: old?.createdAt ?? ctx.now,
  }
}

/** The first that says so, or else the first at all, of those that hold. */
function choosePrimaries<Point extends PointInput>(points: readonly Point[]): readonly Point[] {
  const chosen = POINT_KINDS.map((kind) => {
    const holding = points.filter((point) => point.kind === kind && !point.historic)
    return holding.find(({ primary }) => primary) ?? holding[0]
  })
  return points.map((point) => ({ ...point, primary: chosen.includes(point) }))
}

/** Where the workspace is: phones are dialled from there. */
export async function countryOf(ctx: Ctx): Promise<string | null> {
  const [row] = await ctx.db.select({ timeZone: workspaces.timeZone }).from(workspaces)
  return row ? countryOfZone(row.timeZone) : null
}

function readPoint(point: PointInput, at: number, country: string | null): Reading {
  const { kind, address } = point
  const value = address ? addressLine(address) : point.value
  const problem = pointProblem(kind, value)
  if (problem) throw wrong(problem, at)
  switch (kind) {
    case 'email':
      return { value, folded: foldEmail(value), address: null }
    case 'phone':
      return { value, folded: foldPhone(value, country), address: null }
    case 'address':
      return { value, folded: cut(fold(value)), address: address ?? { ...NOWHERE, street: value } }
  }
}

/** By which e-mail addresses are compared. */
export function foldEmail(typed: string): string {
  return typed.trim().toLowerCase()
}

/** By which phones are compared: E.164, or the bare digits of what is no whole number. */
export function foldPhone(typed: string, country: string | null): string {
  return toE164(typed, country) ?? digitsOf(typed)
}

const NOWHERE: Address = { street: '', postalCode: '', city: '', region: '', country: '' }

function addressLine({ street, postalCode, city, region, country }: Address): string {
  return [street, [postalCode, city].filter(Boolean).join(' '), region, country].filter(Boolean).join(', ')
}

function wrong(reason: string, at: number): AppError {
  const field = `points.${at}.value`
  return new AppError('bad_input', `${field}: ${reason}`, { reason, values: { field } })
}
