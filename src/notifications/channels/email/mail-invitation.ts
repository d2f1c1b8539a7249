import type { InvitationMail } from '@/accounts/members/member-seams'
import { chooseLocale } from '@/i18n/locales'
import { createTranslatorFor } from '@/i18n/translator'
import { isAppError } from '@/kernel/app-error'
import type { Message } from '../../message'
import type { Outlets } from '../../outlets'

/**
 * Mails the link to somebody who is no member yet, and so has no channel. Tried once, at once: whoever invites sees whether a
 * mail server took it, and has the link to send themselves.
 */
export async function mailInvitation(outlets: Outlets, mail: InvitationMail): Promise<boolean> {
  const target = { channelId: mail.id, kind: 'email', address: mail.to, config: {} } as const
  const { locale, timeZone } = mail
  const reader = { locale, timeZone, now: new Date(), appUrl: outlets.appUrl }
  try {
    const channel = await outlets.channel('email')
    const outcome = await channel.send(target, sayInvitation(mail), reader, mail.id)
    return outcome.kind === 'sent'
  } catch (error) {
    // No way out is set, or its settings cannot be read: the page says that nothing was mailed.
    if (isAppError(error)) return false
    throw error
  }
}

function sayInvitation(mail: InvitationMail): Message {
  const { t, dateTime } = createTranslatorFor(chooseLocale({ profile: mail.locale }), mail.timeZone)
  const names = { inviter: mail.inviterName, workspace: mail.workspaceName }
  return {
    tone: 'neutral',
    subject: t('members.mail.subject', names),
    heading: t('members.mail.heading', names),
    photos: [],
    lines: [
      [{ text: t('members.mail.line', { ...names, role: t(`members.roles.${mail.role}.name`) }) }],
      [{ text: t('members.mail.until', { until: dateTime(mail.expiresAt) }) }],
    ],
    actions: [{ kind: 'open', label: t('members.mail.accept'), url: mail.url }],
    smallPrint: [t('members.mail.why', { address: mail.to })],
  }
}
