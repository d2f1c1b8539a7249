import { v7 } from 'uuid'

declare const brand: unique symbol

/**
 * The tenant's id. Minted in three places only: the session or token gate, the bot link gate and the job gate. Verbs and
 * queries never take a bare string for it.
 */
export type WorkspaceId = string & { readonly [brand]: 'WorkspaceId' }

/** For the three gates alone: says that whoever asks has been checked to belong to this workspace. */
export function mintWorkspaceId(id: string): WorkspaceId {
  return id as WorkspaceId
}

/** A UUIDv7 (RFC 9562): sorts by the millisecond at which it was made. */
export function newId(): string {
  return v7()
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** PostgreSQL answers a malformed uuid with an error, so doors ask here first. */
export function isUuid(text: string): boolean {
  return UUID.test(text)
}
