import { runAsReader } from '@/accounts/gate'
import type { OutboxDeps } from '@/notifications/deliveries/deliver-message'
import { badLink } from '@/notifications/links/read-letter-link'
import { savePreferences } from './save-preferences'

/**
 * Ends the weekly summary for the reader of a letter: without sign-in, page or expiry (RFC 8058). Twice is once. Throws
 * `not_found` for what we did not sign.
 */
export async function stopSummary(deps: OutboxDeps, token: string): Promise<void> {
  const link = deps.outlets.links.read(token)
  if (link?.purpose !== 'stop') throw badLink()
  await runAsReader(deps, { workspaceId: link.id, memberId: link.data }, (ctx) =>
    savePreferences(ctx, { summary: false }),
  )
}
