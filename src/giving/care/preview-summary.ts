import { type Ctx, requirePermission } from '@/accounts/context'
import { renderMail } from '@/notifications/channels/email/render-mail'
import type { Reader, Span } from '@/notifications/message'
import { NO_PART, type WeekPart } from '@/notifications/weekly-part'
import { openSummaries } from './gather-summary'
import { readSummaryDay } from './read-week'
import { hasNews } from './rules-summary'
import { summaryMessage } from './say-summary'

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

type How = { readonly locale: string; readonly appUrl: string; readonly other?: WeekPart }

/** The summary that the acting member would get now. `other`: what the other half adds. */
export async function previewSummary(ctx: Ctx, { locale, appUrl, other = NO_PART }: How): Promise<SummaryPreview> {
  requirePermission(ctx, 'contacts.read')
  const day = await readSummaryDay(ctx)
  const facts = await openSummaries(day, other)(ctx)
  const reader: Reader = { locale, appUrl, timeZone: day.timeZone, now: ctx.now }
  const message = summaryMessage(facts, reader, `${appUrl}/settings/care`, other.say)
  const { subject, heading, lines } = message
  const { html, text } = await renderMail(message, reader, '', '')
  return { subject, heading, lines, html, text, empty: !hasNews(facts) }
}
