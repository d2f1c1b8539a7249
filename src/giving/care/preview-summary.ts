import { type Ctx, requirePermission } from '@/accounts/context'
import { AppError } from '@/kernel/app-error'
import { renderMail } from '@/notifications/channels/email/render-mail'
import type { Reader, Span } from '@/notifications/message'
import { gatherSummary } from './gather-summary'
import { readCareDay } from './read-day'
import { hasNews } from './rules-summary'
import { summaryMessage } from './say-summary'
import { nameOf } from './send-summaries'

export type SummaryPreview = {
  readonly subject: string
  readonly heading: string
  readonly lines: readonly (readonly Span[])[]
  /** The letter as a mail program shows it, and as text. */
  readonly html: string
  readonly text: string
  /** Nothing to say: such a summary is not sent. */
  readonly empty: boolean
}

/** The summary that the acting member would get now. */
export async function previewSummary(
  ctx: Ctx,
  how: { readonly locale: string; readonly appUrl: string },
): Promise<SummaryPreview> {
  requirePermission(ctx, 'contacts.read')
  const { actor, now } = ctx
  if (actor.kind === 'job') throw new AppError('forbidden', 'a job has no summary')
  const day = await readCareDay(ctx)
  const facts = await gatherSummary(ctx, { ...day, workspace: await nameOf(ctx) }, actor)
  const reader: Reader = { ...how, timeZone: day.timeZone, now }
  const message = summaryMessage(facts, reader, `${how.appUrl}/settings/care`)
  const { subject, heading, lines } = message
  const { html, text } = await renderMail(message, reader, '', '')
  return { subject, heading, lines, html, text, empty: !hasNews(facts) }
}
