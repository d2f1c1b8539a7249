import { isNull } from 'drizzle-orm'
import { AppError } from '@/kernel/app-error'
import { writeAudit } from './audit'
import { type Ctx, requirePermission } from './context'
import type { Permission } from './rules-permissions'
import { randomSecret, sha256 } from './secret-hash'
import { apiTokens } from './table'

/** What keys can be made for, as the form names it; undefined: all that the role may. */
export const KEY_SCOPES = { all: undefined, push: ['listings.push'] } as const satisfies Record<
  string,
  readonly Permission[] | undefined
>

const PREFIX = 'glnr_'
/** More than any family or office has programs; the list of keys stays one that people can read. */
const MOST = 100

/** `memberId`: whose role the key has; by default whoever makes it, and needed from the command line. */
type NewToken = {
  readonly name: string
  readonly memberId?: string | undefined
  /** All that it may do; left out: what its member's role may. */
  readonly only?: readonly Permission[] | undefined
}

/**
 * An API key with the role of its member. `token` is in this answer and nowhere else: only its SHA-256 is kept. Throws
 * `conflict` (`token.tooMany`) at 100 keys.
 */
export async function createApiToken(ctx: Ctx, input: NewToken): Promise<{ id: string; token: string }> {
  requirePermission(ctx, 'tokens.manage')
  await refuseTooMany(ctx)
  const token = randomSecret(PREFIX)
  const prefix = token.slice(0, PREFIX.length + 6)
  const { workspaceId, now } = ctx
  const [row] = await ctx.db
    .insert(apiTokens)
    .values({
      workspaceId,
      memberId: ownerOf(ctx, input),
      name: input.name,
      prefix,
      hash: sha256(token),
      only: input.only ? [...input.only] : null,
      createdAt: now,
    })
    .returning({ id: apiTokens.id })
  if (!row) throw new AppError('internal', 'no API key was inserted')
  await writeAudit(ctx, 'token.create', row.id, { name: input.name, prefix, ...(input.only && { only: input.only }) })
  return { id: row.id, token }
}

async function refuseTooMany(ctx: Ctx): Promise<void> {
  if ((await ctx.db.$count(apiTokens, isNull(apiTokens.revokedAt))) < MOST) return
  throw new AppError('conflict', `more than ${MOST} API keys`, { reason: 'token.tooMany', values: { most: MOST } })
}

function ownerOf({ actor }: Ctx, { memberId }: NewToken): string {
  if (actor.kind === 'job' && memberId) return memberId
  if (actor.kind === 'member') return actor.memberId
  // A key that leaked must not be able to make itself a successor.
  throw new AppError('forbidden', `a ${actor.kind} cannot make API keys`, { reason: 'sessionNeeded' })
}
