import type { Ctx } from '@/accounts/context'
import { recordSignal } from '@/notifications/signals/record-signal'
import { readReaders } from '../care/choose-readers'
import type { ImportRecord } from './find-import'
import type { Counts } from './rules'

/** Beyond that nobody waits before the page. */
const LONG_ROWS = 1000

/** What `import.done` says. */
export type DoneFacts = { readonly importId: string; readonly fileName: string; readonly counts: Counts }

/** `import.done` to whoever sent the file, where it was long enough to go away meanwhile, unless they muted it. */
export async function tellDone(
  ctx: Ctx,
  { id, memberId, fileName, rows }: ImportRecord,
  counts: Counts,
): Promise<void> {
  if (memberId === null || rows < LONG_ROWS) return
  const readers = await readReaders(ctx, 'import.done')
  if (!readers.of(memberId).includes(memberId)) return
  const [sender] = (await readers.reach([memberId])).get(memberId) ?? []
  const facts: DoneFacts = { importId: id, fileName, counts }
  const dedupeKey = `import.done:${id}:${memberId}`
  const channelIds = sender?.channelIds ?? []
  await recordSignal(ctx, { kind: 'import.done', dedupeKey, subjectId: id, watchId: null, facts, channelIds })
}
