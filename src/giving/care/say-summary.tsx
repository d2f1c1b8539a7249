import { rowText } from '@emails/components/mail-rows'
import { type SummarySection, WeeklySummary } from '@emails/weekly-summary'
import type { Message, Reader, Say, Span } from '@/notifications/message'
import type { WeekPart } from '@/notifications/weekly-part'
import { wordsFor } from './messages'
import type { SummaryFacts } from './rules-summary'
import { givingSections } from './say-sections'

/** The weekly summary: the same as a letter in sections, as text, and in a chat. `other`: who says the other half. */
export function createSaySummary(other: WeekPart['say']): Say {
  return (signal, reader) => {
    // Written by `send-summaries.ts` alone.
    const facts = signal.facts as SummaryFacts
    const stop = reader.stopUrl?.(facts.workspaceId, facts.memberId)
    const message = summaryMessage(facts, reader, stop ?? `${reader.appUrl}/settings/care`, other)
    return stop ? { ...message, unsubscribeUrl: stop } : message
  }
}

/** Also what settings preview. */
export function summaryMessage(facts: SummaryFacts, reader: Reader, stopUrl: string, other: WeekPart['say']): Message {
  const words = wordsFor(reader)
  const { t, locale, timeZone } = words
  const [from, to] = [words.day(facts.from), words.day(facts.to)]
  const heading = t('summary.heading', { from, to })
  const own = givingSections(facts, words, reader.appUrl)
  const sections = facts.other ? [...own, ...other(facts.other, reader)] : own
  const { workspace, giving } = facts
  const smallPrint = [t('summary.why', { workspace }), t('summary.stopLine', { url: stopUrl })]
  const mail = { locale, timeZone, heading, sections, footer: smallPrint }
  return {
    tone: giving ? 'giving' : 'bargains',
    subject: giving
      ? t('summary.subject', { workspace, gifts: facts.gifts.count })
      : t('summary.subjectPlain', { workspace }),
    heading,
    photos: [],
    lines: sections.flatMap(sectionLines),
    smallPrint,
    letter: (frame) => <WeeklySummary {...frame} {...mail} />,
    actions: [{ kind: 'open', label: t('summary.open'), url: `${reader.appUrl}${giving ? '/today' : '/'}` }],
  }
}

/** An empty line before each section, where a letter has space. */
function sectionLines({ title, url, lead, note, rows, more }: SummarySection): readonly (readonly Span[])[] {
  return [
    [],
    [{ text: title, bold: true, url }],
    ...(lead ? [[{ text: lead }]] : []),
    ...(note ? [[{ text: note }]] : []),
    ...rows.map((row) => [{ text: rowText(row), ...(row.url && { url: row.url }) }]),
    ...(more ? [[{ text: more }]] : []),
  ]
}
