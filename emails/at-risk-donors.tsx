import { MailLetter } from './components/mail-letter'
import { MailLine } from './components/mail-line'
import { MailRows } from './components/mail-rows'
import { type MailReader, mailWords } from './components/mail-words'
import { READER } from './components/sample-reader'

export type AtRiskDonorsMail = MailReader & {
  /** The list of donors at risk. */
  readonly url: string
  readonly facts: {
    readonly count: number
    /** The first of them. */
    readonly lines: readonly {
      readonly name?: string
      readonly phone?: string | null
      readonly days: number
      readonly basis?: 'pledge' | 'own' | 'default'
      readonly gapDays?: number
      readonly lastGift?: string
      /** The contact's page. */
      readonly url?: string
      /** How it ended meanwhile. */
      readonly ended?: string
    }[]
  }
}

/** Many donors who may be drifting away, each with the reason. */
export function AtRiskDonors({ facts: { count, lines }, ...mail }: AtRiskDonorsMail) {
  const { t, day } = mailWords(mail)
  const rows = lines.map(({ name, phone, days, basis, gapDays: gap, lastGift, url, ended }) => {
    const why = basis && gap !== undefined ? t(`summary.${basis}`, { gap, days }) : t('alerts.risk.days', { days })
    const open = { facts: [why], ...(phone && { phone }), ...(lastGift && { end: day(lastGift) }) }
    return { text: name ?? '', ...(url && { url }), ...(ended ? { facts: [ended] } : open) }
  })
  const names = lines.map(({ name }) => name ?? '').join(', ')
  const rest = count - rows.length
  return (
    <MailLetter {...mail} heading={t('alerts.risk.many', { count })} preview={names} tone="giving">
      <MailRows rows={rows} />
      {rest > 0 && <MailLine spans={[{ text: t('alerts.more', { count: rest }) }]} />}
    </MailLetter>
  )
}

AtRiskDonors.PreviewProps = {
  ...READER,
  url: 'https://gleaner.example/care?show=risk',
  facts: {
    count: 9,
    lines: [
      { name: 'Maria Zielińska', days: 210, basis: 'pledge' as const, gapDays: 91, phone: '+48 603 000 000' },
      { name: 'Jan Kowalski', days: 52, basis: 'own' as const, gapDays: 31, phone: null },
    ].map((line) => ({ ...line, lastGift: '2026-10-01', url: 'https://gleaner.example/contacts/1' })),
  },
} satisfies AtRiskDonorsMail
