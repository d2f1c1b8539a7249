import type { Logger } from '@/observability/log'
import type { Channel } from '../channel'
import type { Mailer, MailSettings } from './mail'
import { renderMail } from './render-mail'
import { createResendMailer } from './send-by-resend'
import { createSmtpMailer } from './send-by-smtp'
import { createFileMailer } from './write-mail-file'

/** A mailbox, reached in the way the settings say. */
export function createEmailChannel(settings: MailSettings, log: Logger): Channel & { readonly close: () => void } {
  const mailer = createMailer(settings, log)
  return {
    kind: 'email',
    send: async (target, message, reader, key) => mailer.send(await renderMail(message, reader, target.address, key)),
    close: mailer.close,
  }
}

export function createMailer(settings: MailSettings, log: Logger): Mailer {
  switch (settings.kind) {
    case 'smtp':
      return createSmtpMailer(settings)
    case 'resend':
      return createResendMailer(settings)
    case 'files':
      return createFileMailer(settings.folder, settings.from, log)
  }
}
