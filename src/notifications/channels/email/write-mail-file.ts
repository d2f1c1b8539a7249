import { mkdir, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createTransport } from 'nodemailer'
import type { Logger } from '@/observability/log'
import type { Mailer } from './mail'
import { envelope } from './send-by-smtp'

/** Where no mail server is set: each letter is a file that any mail program opens, and a line in the log. */
export function createFileMailer(folder: string, from: string, log: Logger): Mailer {
  const transport = createTransport({ streamTransport: true, buffer: true })
  return {
    send: async (mail) => {
      const { message } = await transport.sendMail(envelope(mail, from))
      const path = join(folder, `${mail.key}.eml`)
      await mkdir(folder, { recursive: true })
      // Renamed into place: who watches the folder never reads half a letter.
      await writeFile(`${path}.part`, message)
      await rename(`${path}.part`, path)
      log.info({ path, subject: mail.subject }, 'mail written to a file: no mail server is set')
      return { kind: 'sent', providerId: mail.key }
    },
    close: () => undefined,
  }
}
