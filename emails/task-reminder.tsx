import { factOf, MailFacts, phoneFact } from './components/mail-facts'
import { MailLetter } from './components/mail-letter'
import { type MailReader, mailWords } from './components/mail-words'
import { READER } from './components/sample-reader'

export type TaskReminderMail = MailReader & {
  /** The page of tasks. */
  readonly url: string
  readonly facts: {
    readonly title: string
    readonly dueOn: string | null
    /** Whom it is about. */
    readonly name: string | null
    readonly phone: string | null
  }
  /** The page of whom it is about. */
  readonly contactUrl?: string | undefined
}

/** A task whose reminder has come. */
export function TaskReminder({ facts, contactUrl, ...mail }: TaskReminderMail) {
  const { t, day } = mailWords(mail)
  const { title, dueOn, name, phone } = facts
  return (
    <MailLetter {...mail} heading={title} preview={t('alerts.task.subject', { title })} tone="giving">
      <MailFacts
        facts={[
          ...factOf(t('emails.label.due'), dueOn && day(dueOn)),
          ...factOf(t('emails.label.about'), name, contactUrl),
          ...phoneFact(t('emails.label.phone'), phone),
        ]}
      />
    </MailLetter>
  )
}

TaskReminder.PreviewProps = {
  ...READER,
  url: 'https://gleaner.example/tasks',
  contactUrl: 'https://gleaner.example/contacts/1',
  facts: { title: 'Call Anna Nowak', dueOn: '2026-11-22', name: 'Anna Nowak', phone: '+48 600 000 000' },
} satisfies TaskReminderMail
