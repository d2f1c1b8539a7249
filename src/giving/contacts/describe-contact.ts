import type { PointKind } from './rules'
import type { ListedContact, ShownContact } from './schema'
import type { contactConsents, contactPoints } from './table'
import type { ContactRow } from './visible-contacts'

type Point = typeof contactPoints.$inferSelect
type Consent = typeof contactConsents.$inferSelect
type Mark = { readonly id: string; readonly name: string; readonly colour: string }
type Named = { readonly id: string; readonly displayName: string }

type Around = {
  readonly points: readonly Point[]
  readonly groups: readonly Mark[]
  /** Names by member. */
  readonly owners: ReadonlyMap<string, string>
}

export function listContact(row: ContactRow, { points, groups, owners }: Around): ListedContact {
  const { id, kind, status, displayName, ownerId, doNotContact, deceasedOn, createdAt } = row
  return {
    ...{ id, kind, status, displayName, ownerId, doNotContact, deceasedOn },
    ownerName: ownerOf(row, owners),
    email: primaryOf(points, 'email')?.value ?? null,
    phone: primaryOf(points, 'phone')?.value ?? null,
    city: primaryOf(points, 'address')?.address?.city || null,
    groups: groups.map(toMark),
    createdAt: createdAt.toISOString(),
  }
}

type Whole = Around & {
  readonly consents: readonly Consent[]
  readonly household: Named | null
  readonly members: readonly Named[]
}

export function describeContact(row: ContactRow, around: Whole): ShownContact {
  const { workspaceId: _workspaceId, sortName: _sortName, deletedAt: _deletedAt, custom, ...rest } = row
  return {
    ...rest,
    custom: Object.fromEntries(Object.entries(custom).filter(([, value]) => value !== '')),
    ownerName: ownerOf(row, around.owners),
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    points: around.points.map(showPoint),
    groups: around.groups.map(toMark),
    consents: around.consents.map(({ channel, granted, source, decidedOn }) => ({
      ...{ channel, granted, source, decidedOn },
    })),
    household: around.household,
    members: [...around.members],
  }
}

function showPoint({
  id,
  kind,
  value,
  folded,
  address,
  primary,
  historic,
  bouncedAt,
}: Point): ShownContact['points'][number] {
  const dial = kind === 'phone' ? folded : null
  return { id, kind, value, dial, address, primary, historic, bounced: bouncedAt !== null }
}

function toMark({ id, name, colour }: Mark): Mark {
  return { id, name, colour }
}

function ownerOf({ ownerId }: ContactRow, owners: ReadonlyMap<string, string>): string | null {
  return ownerId === null ? null : (owners.get(ownerId) ?? null)
}

function primaryOf(points: readonly Point[], kind: PointKind): Point | undefined {
  return points.find((point) => point.kind === kind && point.primary)
}
